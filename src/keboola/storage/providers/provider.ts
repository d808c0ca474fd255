/** One file of Storage at the cloud provider where its project keeps files. Credentials never leave this object. */
export interface Provider {
  /** How many parts may be in flight at once; 1 if each has to wait for the one before. */
  readonly partsAtOnceMax: number;
  /** The most parts that an upload may have. */
  readonly partsMax: number;
  /** Default size of a part. Memory holds as many parts as are in flight at once, and one more. */
  readonly partBytes: number;
  /** The size of every part but the last must be a multiple of this, and at least this. */
  readonly partBytesStep: number;
  /** Longer content is uploaded in parts, even if it fits into one: an upload in one piece cannot resume. */
  readonly wholeBytesMax?: number;

  /** Uploads content in one piece. @throws KeboolaError, as do the methods below. */
  putWhole(content: Buffer, signal: AbortSignal): Promise<void>;
  /** Begins an upload of several parts, which stays invisible until it is completed. */
  begin(signal: AbortSignal): Promise<PartedUpload>;
  /** Opens a blob for reading, from a byte on. */
  open(blob: string, from: From, signal: AbortSignal): Promise<OpenBlob>;
  /** The blob of the file itself, or of its manifest if the file is sliced. */
  blobOf(isSliced: boolean): string;
  /** The blob that a manifest's entry names. @throws ForeignSlice if it does not belong to this file. */
  sliceOf(entry: string): string;
}

export interface PartedUpload {
  /** Sends a part. Call it again to retry a part that failed. */
  put(part: Part, signal: AbortSignal): Promise<void>;
  /** Joins all parts into a file. @throws KeboolaError, also if a part is missing: then nothing is completed. */
  complete(parts: number, signal: AbortSignal): Promise<void>;
  /** Removes the parts that have arrived. */
  abort(signal: AbortSignal): Promise<void>;
}

export interface Part {
  /** From 1. */
  number: number;
  /** Where the part begins in the whole content, in bytes. */
  offset: number;
  /** Emptied once the part has been sent, to free memory. */
  content: Buffer;
  isLast: boolean;
}

/** Where a download begins or resumes. */
export interface From {
  byte: number;
  /** The version of the blob when the download began; the store refuses any other. */
  version?: string;
}

export interface OpenBlob {
  /** The byte at which the content begins; undefined if unknown. */
  firstByte: number | undefined;
  /** Length of the whole blob, if the provider tells it. */
  bytes: number | undefined;
  version: string | undefined;
  /** MD5 of the whole blob in base64, if the provider tells it. */
  md5: string | undefined;
  contentType: string;
  /** The path of its address, for errors. */
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
