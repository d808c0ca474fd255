import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';

/** Tests make workers fail on purpose; `TEST_SDK_LOG=INFO` brings back what the SDK says about it. */
Runtime.install({ logger: new DefaultLogger((process.env['TEST_SDK_LOG'] as LogLevel | undefined) ?? 'ERROR') });
