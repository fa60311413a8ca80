// node evaluate.mjs IN OUT: one {"id","resource","expressions":[...]} per line in, one {"id","results":[[...]|{"error"}]} per line out.
// A result is a list: primitives as text, anything else as "{}".
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';

const compiled = new Map();
const show = (x) => (x !== null && typeof x === 'object' ? (typeof x.asStr === 'string' ? x.asStr : '{}') : String(x));
const out = [];
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const { id, resource, expressions } = JSON.parse(line);
  const results = expressions.map((text) => {
    try {
      if (!compiled.has(text)) compiled.set(text, fhirpath.compile(text, r4));
      return compiled.get(text)(resource, { resource, rootResource: resource }).map(show);
    } catch (e) {
      return { error: String(e.message) };
    }
  });
  out.push(JSON.stringify({ id, results }));
}
writeFileSync(process.argv[3], out.join('\n') + '\n');
