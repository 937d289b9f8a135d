import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { undoWindow } from '../../web/unmet/undo-window.js';

function recorded() {
  const sent = [];
  return { sent, ...undoWindow(5000, { send: (value, leaving) => sent.push([value, leaving]) }) };
}

test('a pending value is sent once, after the delay and not before', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { sent, schedule, flush } = recorded();
  schedule('a');
  mock.timers.tick(4999);
  assert.deepEqual(sent, []);
  mock.timers.tick(1);
  mock.timers.tick(9999);
  flush();
  assert.deepEqual(sent, [['a', false]]);
  mock.timers.reset();
});

test('a value that is undone is never sent', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { sent, schedule, undo, flush } = recorded();
  schedule('a');
  assert.equal(undo(), 'a');
  assert.equal(undo(), null);
  mock.timers.tick(9999);
  flush();
  assert.deepEqual(sent, []);
  mock.timers.reset();
});

test('a new value replaces the pending one, and leaving the page sends what is pending', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { sent, schedule, flush } = recorded();
  assert.equal(schedule('a'), null);
  assert.equal(schedule('b'), 'a');
  assert.deepEqual(sent, []);
  flush();
  assert.deepEqual(sent, [['b', true]]);
  mock.timers.reset();
});
