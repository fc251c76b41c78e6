/**
 * Owns the drawing of a BPMN file as text: a plane for the process and one of its own for every sub-process, which is drawn collapsed.
 * Replaces the drawing that is there and leaves every other sign of the file as it is.
 */
import { BpmnModdle } from 'bpmn-moddle';
import ELK from 'elkjs/lib/elk.bundled.js';
import { annotationsOf, placed } from '../../packages/web/design/layout/graph.mjs';
import { fillsOf } from './colours.mjs';

const NAMESPACES = {
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
};
const COLOUR = { color: 'http://www.omg.org/spec/BPMN/non-normative/color/1.0' };

/** The file with a drawing of ours; throws Error when it is no BPMN or has no process. */
export async function drawn(xml) {
  const { rootElement } = await new BpmnModdle().fromXML(xml);
  const process = rootElement.rootElements.find(({ $type }) => $type === 'bpmn:Process');
  if (!process) throw new Error('no process in the file');
  const fills = fillsOf(rootElement);
  const planes = [];
  const elk = new ELK();
  for (const scope of [process, ...subProcesses(process)]) {
    const drawing = await placed(scope, elk);
    if (!drawing.fits) console.warn(`${scope.id} does not fit on a screen: more of it should go into sub-processes`);
    planes.push(planeOf(scope, drawing, fills));
  }
  const bare = xml.replace(/\s*<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/, '');
  const closing = bare.lastIndexOf('</');
  const text = `${bare.slice(0, closing).trimEnd()}\n${planes.join('')}${bare.slice(closing)}`;
  return withNamespaces(text, fills.size > 0 ? { ...NAMESPACES, ...COLOUR } : NAMESPACES);
}

const subProcesses = (scope) =>
  (scope.flowElements ?? [])
    .filter(({ $type }) => $type === 'bpmn:SubProcess')
    .flatMap((sub) => [sub, ...subProcesses(sub)]);

function withNamespaces(xml, needed) {
  const missing = Object.entries(needed).filter(([prefix]) => !xml.includes(`xmlns:${prefix}=`));
  const declared = missing.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  return xml.replace(/<(\w+:)?definitions\b/, (tag) => tag + declared);
}

function planeOf(scope, { shapes, labels, edges }, fills) {
  const elements = [...(scope.flowElements ?? []), ...annotationsOf(scope)];
  const lines = elements.map((element) =>
    element.$type === 'bpmn:SequenceFlow'
      ? edgeText(element.id, edges.get(element.id), labels.get(element.id))
      : shapeText(element, shapes.get(element.id), labels.get(element.id), fills.get(element)),
  );
  return `  <bpmndi:BPMNDiagram id="diagram_${scope.id}">
    <bpmndi:BPMNPlane id="plane_${scope.id}" bpmnElement="${scope.id}">
${lines.join('')}    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
`;
}

const bounds = ({ x, y, width, height }) => `<dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/>`;
const labelText = (label) => (label ? `<bpmndi:BPMNLabel>${bounds(label)}</bpmndi:BPMNLabel>` : '');

function shapeText({ id, $type }, shape, label, fill) {
  const marks = { 'bpmn:SubProcess': ' isExpanded="false"', 'bpmn:ExclusiveGateway': ' isMarkerVisible="true"' };
  const colour = fill ? ` color:background-color="${fill}"` : '';
  return `      <bpmndi:BPMNShape id="shape_${id}" bpmnElement="${id}"${marks[$type] ?? ''}${colour}>${bounds(shape)}${labelText(label)}</bpmndi:BPMNShape>\n`;
}

function edgeText(id, points, label) {
  const way = points.map(({ x, y }) => `<di:waypoint x="${x}" y="${y}"/>`).join('');
  return `      <bpmndi:BPMNEdge id="edge_${id}" bpmnElement="${id}">${way}${labelText(label)}</bpmndi:BPMNEdge>\n`;
}
