/** Owns tabs: all panes are mounted, so that rules and validation see every field; a pane with complaints says how many. */

import { Schema } from '@formily/json-schema';
import { observer, RecursionField, useField, useFieldSchema } from '@formily/react';
import { Tabs as AntTabs } from 'antd';
import { useEffect, useState } from 'react';
import { ErrorBadge, useErrorCount } from './layout.tsx';
import { usePage } from './page.ts';

export const Tabs = observer(() => {
  const page = usePage();
  const schema = useFieldSchema();
  const field = useField();
  const panes = Schema.getOrderProperties(schema);
  const [active, setActive] = useState(String(panes[0]?.key ?? ''));
  const { reveal } = page.state;
  const wanted = panes.find(({ key }) => reveal.startsWith(`${field.address}.${key}.`))?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each demand counts once, also a repeated one
  useEffect(() => {
    if (wanted !== undefined) setActive(String(wanted));
  }, [reveal]);
  const shown = panes.filter(({ key }) => {
    const own = field.form.fields[`${field.address}.${key}`];
    return own === undefined || own.display === 'visible';
  });
  return (
    <AntTabs
      className="gw-tabs"
      activeKey={active}
      onChange={setActive}
      items={shown.map(({ schema: pane, key }) => ({
        key: String(key),
        forceRender: true,
        label: <TabLabel title={String(pane.title ?? '')} address={`${field.address}.${key}`} />,
        children: <RecursionField schema={pane} name={key} />,
      }))}
    />
  );
});

const TabLabel = observer(({ title, address }: { title: string; address: string }) => {
  const page = usePage();
  return (
    <span>
      {title}
      <ErrorBadge count={useErrorCount(page, address)} page={page} />
    </span>
  );
});
