/** The place of one file of Storage at the cloud where its project keeps files. What lets us in stays in there. */
export interface Provider {
  /** How many parts may be on their way at the same time; 1 where each has to wait for the one before. */
  readonly partsAtOnceMax: number;
  /** More parts than this no upload may have. */
  readonly partsMax: number;
  /** Of a part where nobody says otherwise: an upload holds as many parts as are on their way at once, and one more. */
  readonly partBytes: number;
  /** Every part but the last is a multiple of so many bytes, and has at least as many. */
  readonly partBytesStep: number;
  /** A longer content is uploaded in parts, also where it fits into one: where a whole that breaks could not go on. */
  readonly wholeBytesMax?: number;

  /** Uploads a content that is one part. @throws KeboolaError, as all that follow. */
  putWhole(content: Buffer, signal: AbortSignal): Promise<void>;
  /** Begins an upload of several parts. Nothing is there for anybody until it is completed. */
  begin(signal: AbortSignal): Promise<PartedUpload>;
  /** Opens the content of a blob for reading, from a byte on. */
  open(blob: string, from: From, signal: AbortSignal): Promise<OpenBlob>;
  /** The blob of the file itself, or of the manifest of one in slices. */
  blobOf(isSliced: boolean): string;
  /** The blob that an entry of a manifest names. @throws ForeignSlice for one that is not of this file. */
  sliceOf(entry: string): string;
}

export interface PartedUpload {
  /** Sends a part. One whose sending broke is sent again in the same way. */
  put(part: Part, signal: AbortSignal): Promise<void>;
  /** Makes a file of all parts. @throws KeboolaError also where one of so many was not put: nothing is completed then. */
  complete(parts: number, signal: AbortSignal): Promise<void>;
  /** Takes away what is there of it. */
  abort(signal: AbortSignal): Promise<void>;
}

export interface Part {
  /** From 1. */
  number: number;
  /** Where it lies in the whole. */
  offset: number;
  /** Nothing any more once it is through. */
  content: Buffer;
  isLast: boolean;
}

/** Where a download goes on. */
export interface From {
  byte: number;
  /** Of the blob as it was at the beginning; another one is refused. */
  version?: string;
}

export interface OpenBlob {
  /** Where its content begins, in bytes; undefined where the answer hides it. */
  firstByte: number | undefined;
  /** Of the whole blob, where the provider tells it. */
  bytes: number | undefined;
  version: string | undefined;
  /** MD5 of the whole blob in base64, where the provider tells it. */
  md5: string | undefined;
  contentType: string;
  /** Of its address, for errors. */
  path: string;
  body: AsyncGenerator<Buffer, void>;
}

/** A manifest names a slice that does not belong to its file. */
export class ForeignSlice extends Error {
  override readonly name = 'ForeignSlice';

  constructor() {
    super("an entry of the manifest names a place that is not the file's own");
  }
}
