/** A document that is not a job. `field` names the first field that is wrong. */
export class MalformedJob extends TypeError {
  constructor(readonly field: string) {
    super(`the job document has no usable "${field}"`);
    this.name = 'MalformedJob';
  }
}
