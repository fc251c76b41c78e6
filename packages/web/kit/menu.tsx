/** Owns small menus under a button: arrow keys move, Esc and a click elsewhere close, the focus returns to the button. */
import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

export interface MenuItem {
  key: string;
  label: ReactNode;
  /** why it is not possible now; absent: it is */
  barred?: string | undefined;
  danger?: boolean;
  act(): void;
}

export function Menu({ label, items, up = false, className }: MenuProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const close = () => {
    setOpen(false);
    box.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') close();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    step(box.current, event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for keys of the menu inside
    <div ref={box} className={`menu ${className ?? ''}`} onKeyDown={keys}>
      <Button
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open && (
        <div id={id} role="menu" className={`menu-list${up ? ' menu-up' : ''}`}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              aria-disabled={item.barred !== undefined}
              className={item.danger ? 'danger' : undefined}
              onClick={() => {
                if (item.barred !== undefined) return;
                close();
                item.act();
              }}
            >
              {item.label}
              {item.barred && <small>{item.barred}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

interface MenuProps {
  label: ReactNode;
  items: readonly MenuItem[];
  /** opens upwards */
  up?: boolean;
  className?: string;
}

function step(box: HTMLElement | null, by: number): void {
  const items = [...(box?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + by + items.length) % items.length]?.focus();
}
