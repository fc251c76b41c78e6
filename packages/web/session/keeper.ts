/**
 * Owns when this device's store of unsent texts is loaded and opened: when a person begins to fill something in, and on a visit to a page
 * when the browser holds something. The store itself is device.ts.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Device } from './device.ts';
import { type Keeper, type Kept, keptNames, type Snapshot } from './kept.ts';
import { useSession } from './session.tsx';

export interface KeeperHere {
  /** what this page was left with on an earlier visit; null when nothing is kept for its address */
  found: Kept | null;
  keeper: Keeper<Snapshot>;
  /** the person begins to fill in: from now on text can be kept at once */
  ready(): void;
  forget(): void;
}

/** `address` is that of the page at the moment; a draft that is saved for the first time changes it. */
export function useKeeper(address: () => string, title: string): KeeperHere {
  const { session } = useSession();
  const key = session?.deviceKey ?? '';
  const device = useRef<Promise<Device>>(undefined);
  const opened = useRef<Device>(undefined);
  const latest = useRef({ address, title });
  latest.current = { address, title };
  const [found, setFound] = useState<Kept | null>(null);
  const open = useCallback((): Promise<Device> => {
    device.current ??= import('./device.ts').then(({ clearOld, openDevice }) => {
      clearOld(Date.now());
      opened.current = openDevice(key);
      return opened.current;
    });
    return device.current;
  }, [key]);
  useEffect(() => {
    if (keptNames().length === 0) return;
    void open().then((store) => setFound(store.list().find((one) => one.address === latest.current.address()) ?? null));
  }, [open]);
  const keeper = useMemo<Keeper<Snapshot>>(
    () => ({
      put: (snapshot) =>
        opened.current?.put({
          address: latest.current.address(),
          title: latest.current.title,
          at: Date.now(),
          snapshot,
        }) ?? false,
      drop: () => opened.current?.drop(latest.current.address()),
    }),
    [],
  );
  const forget = useCallback(() => {
    keeper.drop();
    setFound(null);
  }, [keeper]);
  return { found, keeper, ready: () => void open(), forget };
}
