/** The id that Storage gives a file; it becomes a part of a URL and of texts. */
export const FILE_ID = /^\d{1,20}$/;
