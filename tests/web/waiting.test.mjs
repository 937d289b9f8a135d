import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { waiting } from '../../web/unmet/waiting.js';

function line() {
  const sent = [];
  return { sent, ...waiting(5000, { send: (thing, leaving) => sent.push([thing, leaving]) }) };
}

test('what waits is sent once, after its time and not before', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { sent, put, flush } = line();
  put('a');
  mock.timers.tick(4999);
  assert.deepEqual(sent, []);
  mock.timers.tick(1);
  mock.timers.tick(9999);
  flush();
  assert.deepEqual(sent, [['a', false]]);
  mock.timers.reset();
});

test('what is taken back is never sent', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { sent, put, takeBack, flush } = line();
  put('a');
  assert.equal(takeBack(), 'a');
  assert.equal(takeBack(), null);
  mock.timers.tick(9999);
  flush();
  assert.deepEqual(sent, []);
  mock.timers.reset();
});

test('the next one takes the place of the one before, and leaving sends what still waits', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { sent, put, flush } = line();
  assert.equal(put('a'), null);
  assert.equal(put('b'), 'a');
  assert.deepEqual(sent, []);
  flush();
  assert.deepEqual(sent, [['b', true]]);
  mock.timers.reset();
});
