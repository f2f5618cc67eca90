import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { ServiceCase } from './serviceCase';

const folder = path.join(__dirname, 'cases');

/** Every service as the tests know it, one file for each. */
export const SERVICE_CASES: readonly ServiceCase[] = readdirSync(folder)
	.sort()
	.map((file) => jest.requireActual<{ service: ServiceCase }>(path.join(folder, file)).service);
