/**
 * Owns the tree on the screen: cards one below the other, usable on a phone; a card opens its settings beside (or below) it, a plus puts something new onto the line.
 * Rules: [DES50] [DES51].
 */
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { isA, listOf, nameOf, textOf } from '@ganwei/process/lint/tree';
import { Button, Popover } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSpeech } from '../../../kit/language.tsx';
import type { FlowCanvas } from '../canvas.ts';
import type { Moddle } from '../moddle.ts';
import type { Part, TreeEdits } from './edits.ts';
import { type Item, type Split, type Step, treeOf } from './shape.ts';

export interface TreeViewProps {
  canvas: FlowCanvas;
  selected: readonly string[];
}

export function TreeView({ canvas, selected }: TreeViewProps) {
  const { say } = useSpeech();
  const sequences = treeOf(canvas.process());
  const tree = useRef<HTMLElement>(null);
  // a wide tree has its beginning in its middle: what is chosen is in sight, else where it begins
  useEffect(() => {
    const card = tree.current?.querySelector('.chosen') ?? tree.current?.querySelector('li');
    card?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <section ref={tree} className="flow-tree" aria-label={say('flow.tree')}>
      {sequences.map((items, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: starts are known by their place
        <Sequence key={index} items={items} canvas={canvas} selected={selected} />
      ))}
    </section>
  );
}

interface Shown {
  canvas: FlowCanvas;
  selected: readonly string[];
}

function Sequence({ items, ...shown }: Shown & { items: readonly Item[] }) {
  const last = items.at(-1);
  const onward = last?.kind === 'step' ? (listOf(last.node, 'outgoing')[0] as Moddle | undefined) : undefined;
  return (
    <ol>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an item is known by its place
        <li key={index}>
          {item.by && <Plus line={item.by} canvas={shown.canvas} />}
          {item.kind === 'step' && (
            <StepCard item={item} before={items[index - 1]} after={items[index + 1]} {...shown} />
          )}
          {item.kind === 'split' && <SplitCard item={item} {...shown} />}
          {item.kind === 'jump' && <JumpLine node={item.node} {...shown} />}
        </li>
      ))}
      {onward && (
        <li>
          <Plus line={onward} canvas={shown.canvas} />
        </li>
      )}
    </ol>
  );
}

function StepCard({ item, before, after, ...shown }: Shown & { item: Step; before?: Item; after?: Item }) {
  const { canvas } = shown;
  const { node, inside, events } = item;
  return (
    <>
      <Card node={node} {...shown}>
        {!canvas.readOnly && isMovable(node) && <Moves item={item} before={before} after={after} canvas={canvas} />}
      </Card>
      {inside.length > 0 && (
        <details className="flow-tree-inside">
          <summary>{nameOf(node)}</summary>
          <Sequence items={inside} {...shown} />
        </details>
      )}
      {events.map((event) => (
        <div key={String(event.node.id)} className="flow-tree-event">
          <Card node={event.node} {...shown} />
          <Sequence items={event.items} {...shown} />
        </div>
      ))}
    </>
  );
}

/** A step with one way in and one way out can be taken out of its place. */
const isMovable = (node: Moddle): boolean =>
  isA(node, 'bpmn:Activity') && listOf(node, 'incoming').length === 1 && listOf(node, 'outgoing').length === 1;

function Moves({
  item,
  before,
  after,
  canvas,
}: {
  item: Step;
  before?: Item | undefined;
  after?: Item | undefined;
  canvas: FlowCanvas;
}) {
  const { say } = useSpeech();
  const id = String(item.node.id);
  const up = before?.kind === 'step' && isMovable(before.node) ? before.by : undefined;
  const down =
    after?.kind === 'step' && isMovable(after.node) ? (listOf(after.node, 'outgoing')[0] as Moddle) : undefined;
  const move = (line: Moddle | undefined) =>
    line && canvas.edit(say('flow.newStep'), (edits, find) => edits.move(find(id), find(String(line.id))));
  return (
    <span className="flow-tree-acts">
      <Button
        size="small"
        type="text"
        icon={<ArrowUpOutlined aria-hidden />}
        aria-label={say('flow.up')}
        disabled={!up}
        onClick={() => move(up)}
      />
      <Button
        size="small"
        type="text"
        icon={<ArrowDownOutlined aria-hidden />}
        aria-label={say('flow.down')}
        disabled={!down}
        onClick={() => move(down)}
      />
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={say('flow.remove')}
        onClick={() => canvas.edit(say('flow.newStep'), (edits, find) => edits.remove(find(id)))}
      />
    </span>
  );
}

function SplitCard({ item: { node, branches, join }, ...shown }: Shown & { item: Split }) {
  const { say } = useSpeech();
  const { canvas } = shown;
  return (
    <div className="flow-tree-split">
      <Card node={node} {...shown}>
        {!canvas.readOnly && join && (
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() =>
              canvas.edit(say('flow.newStep'), (edits, find) =>
                edits.branch(find(String(node.id)), find(String(join.id))),
              )
            }
          >
            {say('flow.addBranch')}
          </Button>
        )}
      </Card>
      <div className="flow-tree-branches">
        {branches.map(({ flow, items }) => (
          <div key={String(flow.id)} className="flow-tree-branch">
            <button
              type="button"
              className={shown.selected.includes(String(flow.id)) ? 'flow-tree-line chosen' : 'flow-tree-line'}
              onClick={() => canvas.show(String(flow.id))}
            >
              {textOf(flow, 'name') ?? say(node.get('default') === flow ? 'flow.branchDefault' : 'flow.branch')}
            </button>
            {items.length === 0 ? <Plus line={flow} canvas={canvas} /> : <Sequence items={items} {...shown} />}
          </div>
        ))}
      </div>
    </div>
  );
}

function JumpLine({ node, canvas }: Shown & { node: Moddle }) {
  const { say } = useSpeech();
  return (
    <button type="button" className="flow-tree-jump" onClick={() => canvas.show(String(node.id))}>
      {say('flow.jump', { to: nameOf(node) })}
    </button>
  );
}

/** What people see of a thing before its name. */
const SIGNS = [
  ['bpmn:UserTask', 'user-task'],
  ['bpmn:CallActivity', 'call-activity'],
  ['bpmn:SubProcess', 'subprocess-collapsed'],
  ['bpmn:Activity', 'service-task'],
  ['bpmn:StartEvent', 'start-event-none'],
  ['bpmn:EndEvent', 'end-event-none'],
  ['bpmn:Event', 'intermediate-event-catch-timer'],
  ['bpmn:ParallelGateway', 'gateway-parallel'],
  ['bpmn:InclusiveGateway', 'gateway-or'],
  ['bpmn:Gateway', 'gateway-xor'],
] as const;

function Card({ node, canvas, selected, children }: Shown & { node: Moddle; children?: ReactNode }) {
  const { say } = useSpeech();
  const id = String(node.id);
  const [, sign] = SIGNS.find(([type]) => isA(node, type)) ?? [];
  return (
    <div className={selected.includes(id) ? 'flow-tree-card chosen' : 'flow-tree-card'}>
      <button type="button" aria-pressed={selected.includes(id)} onClick={() => canvas.show(id)}>
        <i className={`bpmn-icon-${sign ?? 'task'}`} aria-hidden />
        <span>{textOf(node, 'name') ?? say(isA(node, 'bpmn:Gateway') ? 'flow.kind.gateway' : 'flow.unnamed')}</span>
      </button>
      {children}
    </div>
  );
}

type Act = (edits: TreeEdits, line: Part) => Part;
const NEW: readonly (readonly [word: 'newTask' | 'newService' | 'newChoice' | 'newParallel', act: Act])[] = [
  ['newTask', (edits, line) => edits.insert(line, 'bpmn:UserTask')],
  ['newService', (edits, line) => edits.insert(line, 'bpmn:ServiceTask')],
  ['newChoice', (edits, line) => edits.divide(line, 'bpmn:ExclusiveGateway')],
  ['newParallel', (edits, line) => edits.divide(line, 'bpmn:ParallelGateway')],
];

/** Puts something new onto a line. */
function Plus({ line, canvas }: { line: Moddle; canvas: FlowCanvas }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  if (canvas.readOnly) return <div className="flow-tree-way" />;
  const choices = NEW.map(([word, act]) => (
    <Button
      key={word}
      size="small"
      onClick={() => {
        setOpen(false);
        canvas.edit(say('flow.newStep'), (edits, find) => act(edits, find(String(line.id))));
      }}
    >
      {say(`flow.${word}`)}
    </Button>
  ));
  return (
    <div className="flow-tree-way">
      <Popover trigger="click" open={open} onOpenChange={setOpen} content={<div className="flow-row">{choices}</div>}>
        <Button
          size="small"
          shape="circle"
          icon={<PlusOutlined aria-hidden />}
          aria-label={say('flow.insert')}
          title={say('flow.insert')}
        />
      </Popover>
    </div>
  );
}
