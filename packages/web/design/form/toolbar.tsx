/** Owns the buttons above the canvas: steps back and forth with what they take back, copying, wrapping, and what is shown beside it. Rules: [FDS3] [FDS12]. */
import { CopyOutlined, DeleteOutlined, RedoOutlined, SnippetsOutlined, UndoOutlined } from '@ant-design/icons';
import { fresh, wrap } from '@ganwei/form/edit';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech } from '../../kit/language.tsx';
import { useDesigning } from './designing.ts';
import type { History } from './history.ts';
import { type Acts, useActs } from './keys.ts';

export type View = 'design' | 'preview';

export interface ToolbarProps extends Acts {
  history: History;
  view: View;
  show(view: View): void;
  importForm(): void;
}

export function Toolbar({ history, undo, redo, view, show, importForm }: ToolbarProps) {
  const { form, selected, act, readOnly } = useDesigning();
  const { say } = useSpeech();
  const acts = useActs();
  const none = selected.length === 0;
  const next = history.future[0]?.label ?? '';
  return (
    <div className="flow-toolbar" role="toolbar" aria-label={say('formDesign.tools')}>
      <Button size="small" onClick={() => show(view === 'design' ? 'preview' : 'design')}>
        {say(view === 'design' ? 'formDesign.preview' : 'formDesign.design')}
      </Button>
      {view === 'design' && !readOnly && (
        <>
          <Tool
            icon={<UndoOutlined aria-hidden />}
            label={say('formDesign.undo', { what: history.now.label })}
            off={history.past.length === 0}
            act={undo}
          />
          <Tool
            icon={<RedoOutlined aria-hidden />}
            label={say('formDesign.redo', { what: next })}
            off={history.future.length === 0}
            act={redo}
          />
          <Tool icon={<CopyOutlined aria-hidden />} label={say('formDesign.copy')} off={none} act={acts.copy} />
          <Tool icon={<SnippetsOutlined aria-hidden />} label={say('formDesign.paste')} act={acts.paste} />
          <Tool icon={<DeleteOutlined aria-hidden />} label={say('formDesign.remove')} off={none} act={acts.remove} />
          <Button size="small" disabled={none} onClick={acts.duplicate}>
            {say('formDesign.duplicate')}
          </Button>
          <Button
            size="small"
            disabled={none}
            onClick={() => act(say('formDesign.did.wrap'), wrap(form, selected, fresh('Section')))}
          >
            {say('formDesign.wrap')}
          </Button>
          <Button size="small" onClick={importForm}>
            {say('formDesign.import')}
          </Button>
        </>
      )}
    </div>
  );
}

function Tool({ icon, label, off, act }: { icon: ReactNode; label: string; off?: boolean; act(): void }) {
  return <Button size="small" icon={icon} aria-label={label} title={label} disabled={off ?? false} onClick={act} />;
}
