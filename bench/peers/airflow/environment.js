import { randomBytes } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NO_PROXY } from '../run/worker.js';

const DAGS = fileURLToPath(new URL('./dags', import.meta.url));
const SHARED = fileURLToPath(new URL('../run', import.meta.url));

/** What all parts of one Airflow must know. Everything that is not named is as it comes. */
export function airflowEnvironment({ folder, ports, keboola, user }) {
  return {
    AIRFLOW_HOME: join(folder, 'airflow'),
    AIRFLOW__CORE__DAGS_FOLDER: DAGS,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION: 'False',
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: 'True',
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://127.0.0.1:${ports.api}/execution/`,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `postgresql+psycopg2://${user}@127.0.0.1:${ports.database}/airflow`,
    AIRFLOW__API__HOST: '127.0.0.1',
    AIRFLOW__API__PORT: String(ports.api),
    AIRFLOW__API_AUTH__JWT_SECRET: randomBytes(64).toString('hex'),
    AIRFLOW__LOGGING__LOGGING_LEVEL: 'WARNING',
    AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT: String(ports.log),
    AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT: String(ports.triggerLog),
    KBC_URL: keboola.url,
    KBC_TOKEN: keboola.token,
    PYTHONPATH: [DAGS, SHARED].join(delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
    ...NO_PROXY,
  };
}
