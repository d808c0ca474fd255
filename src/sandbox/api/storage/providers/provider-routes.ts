import type { Route } from '../../route.js';
import { AWS_BUCKET } from './aws-address.js';
import { abortObject, getObject, headObject, postObject, putObject } from './aws-objects.js';
import { ACCOUNT } from './azure-address.js';
import { downloadBlob, uploadBlob } from './azure-blobs.js';
import { GCP_BUCKET } from './gcp-address.js';
import { abortGcpObject, getGcpObject, getLinkedGcpObject, postGcpObject, putGcpObject } from './gcp-objects.js';

const AZURE = `/${ACCOUNT}/:container/*`;
const AWS = `/${AWS_BUCKET}/*`;
const GCP_UPLOAD = '/upload/storage/v1/b/:bucket/o';

/** The file stores of the three clouds. Every call of an upload counts as the route `upload`. */
export const providerRoutes: readonly Route[] = [
  { method: 'PUT', url: AZURE, name: 'upload', handler: uploadBlob, isUpload: true },
  { method: 'GET', url: AZURE, name: 'download', handler: downloadBlob },

  { method: 'PUT', url: AWS, name: 'upload', handler: putObject, isUpload: true },
  { method: 'POST', url: AWS, name: 'upload', handler: postObject, isUpload: true },
  { method: 'DELETE', url: AWS, name: 'upload', handler: abortObject },
  { method: 'HEAD', url: AWS, name: 'download', handler: headObject },
  { method: 'GET', url: AWS, name: 'download', handler: getObject },

  { method: 'POST', url: GCP_UPLOAD, name: 'upload', handler: postGcpObject, isUpload: true },
  { method: 'PUT', url: GCP_UPLOAD, name: 'upload', handler: putGcpObject, isUpload: true },
  { method: 'DELETE', url: GCP_UPLOAD, name: 'upload', handler: abortGcpObject },
  { method: 'GET', url: '/storage/v1/b/:bucket/o/:object', name: 'download', handler: getGcpObject },
  { method: 'GET', url: '/download/storage/v1/b/:bucket/o/:object', name: 'download', handler: getGcpObject },
  { method: 'GET', url: `/${GCP_BUCKET}/*`, name: 'download', handler: getLinkedGcpObject },
];
