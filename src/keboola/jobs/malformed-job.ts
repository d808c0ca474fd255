/** A document that is no job. `field` names the first thing that is wrong with it. */
export class MalformedJob extends TypeError {
  constructor(readonly field: string) {
    super(`the job document has no usable "${field}"`);
    this.name = 'MalformedJob';
  }
}
