export interface Source {
  component: string;
  config: string;
}

/** What is to be loaded on a day; a real one would ask a database. */
export function listSources(day: string): Promise<Source[]> {
  const daily = ['keboola.ex-db-mysql', 'keboola.ex-http'].map((component) => ({ component, config: 'success' }));
  // The accounts come on Mondays.
  const isMonday = new Date(day).getUTCDay() === 1;
  return Promise.resolve(isMonday ? [...daily, { component: 'ex-db', config: 'sampledatabase' }] : daily);
}

/** Tells people; a real one would write to their chat. */
export function announce(message: string): Promise<void> {
  console.log(message);
  return Promise.resolve();
}
