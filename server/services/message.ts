/**
 * message: sends a message to the cases that wait for it with the same correlation, or to a start event that takes it.
 * A message that nobody waits for is kept in the history of the sender and goes nowhere. Inputs: name, correlation, payload.
 */
import { contextInput, type Service, textInput } from './service.ts';

export const message: Service = {
  inputs: { name: 'required', correlation: 'required', payload: 'optional' },
  async run(_context, inputs) {
    const request = {
      name: textInput(inputs, 'name'),
      correlation: textInput(inputs, 'correlation'),
      payload: contextInput(inputs, 'payload'),
    };
    return { result: null, messages: [request], notes: [{ kind: 'messaged', detail: { name: request.name } }] };
  },
};
