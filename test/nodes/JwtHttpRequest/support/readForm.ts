import { readOptions } from '../../../../nodes/JwtHttpRequest/read/options';
import { readRequest } from '../../../../nodes/JwtHttpRequest/read/request';
import { standIn, type StandIn } from '../../support/standIn';

/** Reads the request of a form; URL and type of credential are good unless said otherwise. */
export async function readForm(form: Record<string, unknown>, run: StandIn = {}) {
	const parameters = [{ url: 'https://api.test/x', ...form }];
	const { context } = standIn({ ...run, parameters });
	return await readRequest(context, 0, readOptions(context, 0));
}
