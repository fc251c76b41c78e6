/** Owns the buttons above the drawing: steps back and forth, copying, looking, finding, colours. Each has its key, which its title says. Rule: [DES13]. */
import {
  BgColorsOutlined,
  CopyOutlined,
  MinusOutlined,
  PlusOutlined,
  RedoOutlined,
  SearchOutlined,
  SnippetsOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import type { FlowCanvas } from './canvas.ts';

/** Pale, so that names can be read on them; green and blue say how far a case has come and are not among them. */
const FILLS = ['#f0f0f0', '#fff7cc', '#efe3fb', '#d3f0ee', '#ffdfdc', '#ead9c7'];

export type View = 'drawing' | 'tree';

export interface ToolbarProps {
  canvas: FlowCanvas;
  view: View;
  show(view: View): void;
}

export function Toolbar({ canvas, view, show }: ToolbarProps) {
  const { say } = useSpeech();
  useSyncExternalStore(canvas.subscribe, canvas.version);
  // Any click closes the search: it opens when this one is over.
  const act = (action: string) => () => canvas.trigger(action);
  return (
    <div className="flow-toolbar" role="toolbar" aria-label={say('flow.tools')}>
      <Button size="small" onClick={() => show(view === 'tree' ? 'drawing' : 'tree')}>
        {say(view === 'tree' ? 'flow.toDrawing' : 'flow.toTree')}
      </Button>
      {!canvas.readOnly && (
        <>
          <Tool
            icon={<UndoOutlined aria-hidden />}
            label={say('flow.undo')}
            off={!canvas.canUndo()}
            act={act('undo')}
          />
          <Tool
            icon={<RedoOutlined aria-hidden />}
            label={say('flow.redo')}
            off={!canvas.canRedo()}
            act={act('redo')}
          />
        </>
      )}
      {view === 'drawing' && <Drawing canvas={canvas} act={act} />}
    </div>
  );
}

/** What is of use only where the drawing is seen. */
function Drawing({ canvas, act }: { canvas: FlowCanvas; act(action: string): () => void }) {
  const { say } = useSpeech();
  return (
    <>
      {!canvas.readOnly && (
        <>
          <Tool icon={<CopyOutlined aria-hidden />} label={say('flow.copy')} act={act('copy')} />
          <Tool icon={<SnippetsOutlined aria-hidden />} label={say('flow.paste')} act={act('paste')} />
          <Colours canvas={canvas} />
          <Arrange canvas={canvas} />
          <Tool
            icon={<SearchOutlined aria-hidden />}
            label={say('flow.find')}
            act={() => void setTimeout(act('find'))}
          />
        </>
      )}
      <Tool icon={<MinusOutlined aria-hidden />} label={say('flow.out')} act={() => canvas.zoom(0.8)} />
      <Tool icon={<PlusOutlined aria-hidden />} label={say('flow.in')} act={() => canvas.zoom(1.25)} />
      <Button size="small" onClick={() => canvas.fit()}>
        {say('flow.fit')}
      </Button>
      <Button size="small" aria-pressed={canvas.hasMap} onClick={() => canvas.toggleMap()}>
        {say('flow.map')}
      </Button>
    </>
  );
}

function Tool({ icon, label, off, act }: { icon: ReactNode; label: string; off?: boolean; act?(): void }) {
  return (
    <Button
      size="small"
      icon={icon}
      aria-label={label}
      title={label}
      disabled={off ?? false}
      {...(act && { onClick: act })}
    />
  );
}

function Arrange({ canvas }: { canvas: FlowCanvas }) {
  const { say } = useSpeech();
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    try {
      if (!(await canvas.arrange())) tell(say('flow.cannotArrange'), 'error');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" loading={busy} title={say('flow.arrangeHint')} onClick={() => void act()}>
      {say('flow.arrange')}
    </Button>
  );
}

function Colours({ canvas }: { canvas: FlowCanvas }) {
  const { say } = useSpeech();
  const choices = (
    <div className="flow-colours">
      {FILLS.map((fill, index) => (
        <button
          key={fill}
          type="button"
          style={{ background: fill }}
          aria-label={say('flow.colour', { n: index + 1 })}
          onClick={() => canvas.paint(fill)}
        />
      ))}
      <Button size="small" onClick={() => canvas.paint(undefined)}>
        {say('flow.noColour')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" content={choices}>
      <Button
        size="small"
        icon={<BgColorsOutlined aria-hidden />}
        aria-label={say('flow.colours')}
        title={say('flow.colours')}
      />
    </Popover>
  );
}
