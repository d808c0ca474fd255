const { DefaultFailureConverter } = require('@temporalio/common');

/** What an author may have in the place of the SDK's own. */
class OwnFailureConverter extends DefaultFailureConverter {
  errorToFailure(error, payloadConverter, context) {
    return { ...super.errorToFailure(error, payloadConverter, context), source: 'an author \ud83d' };
  }
}

exports.failureConverter = new OwnFailureConverter();
