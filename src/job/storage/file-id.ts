/** What Storage gives a file: it becomes a part of an address, and of texts. */
export const FILE_ID = /^\d{1,20}$/;
