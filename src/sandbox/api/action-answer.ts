import type { Answer } from '../answer/answer.js';
import { GENERIC_MESSAGE, SyrupProblem } from '../answer/problem.js';
import type { Component } from '../fixture/schema.js';
import type { Script } from '../fixture/script-schema.js';

/** The longest run of an action, not counting the image's download (keboola/docker-bundle ActionController.php). */
const SECONDS_MAX = 45;

/** The answer of a synchronous action, after the time that its script gives. */
export function answerOfAction({ id }: Component, script: Script): Answer {
  const { durationSeconds = 0 } = script;
  if (durationSeconds <= SECONDS_MAX) return { ...ending(script), afterSeconds: durationSeconds };
  const message = `Running sandbox/${id}:latest container exceeded the timeout of ${SECONDS_MAX} seconds.`;
  return { ...problem(400, message), afterSeconds: SECONDS_MAX };
}

/** `data` comes from Keboola's developer portal and may hold anything. */
export function actionsOf({ data }: Component): unknown[] {
  const listed = data['synchronous_actions'];
  return Array.isArray(listed) ? listed : [];
}

/** Exit code 1 means a user error, which has a message for the user; higher codes mean an error without one. */
function ending({ status = 'success', error = 'user', message, output, outputText }: Script): Answer {
  if (status !== 'success') {
    return error === 'application' ? problem(500, GENERIC_MESSAGE) : problem(400, message ?? 'The action failed.');
  }
  if (outputText === undefined) return { status: 200, json: output ?? {} };
  if (outputText.trim() === '') return problem(400, 'No response from component.');
  return isJson(outputText)
    ? { status: 200, text: { type: 'application/json', body: outputText } }
    : problem(400, 'Decoding JSON response from component failed');
}

function problem(status: number, message: string): Answer {
  return { status, problem: new SyrupProblem(status, message) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
