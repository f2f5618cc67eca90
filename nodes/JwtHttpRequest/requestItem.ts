import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { finalise } from '../../core/http/requestParts';
import type { RunHints } from './hints';
import { withBaseUrl } from './read/baseUrl';
import { readCredential } from './read/credential';
import { readOptions } from './read/options';
import { readPagination } from './read/pagination';
import { readRequest } from './read/request';
import { toItems } from './respond/toItems';
import { sendForAnswer, type Answer, type Sender } from './send/answer';
import { sendPages } from './send/pages';

/**
 * Does for one item what the form says: one request, or one per page.
 *
 * @param turn waits until the item may be sent
 */
export async function requestItem(
	context: IExecuteFunctions,
	itemIndex: number,
	turn: (itemIndex: number) => Promise<void>,
	hints: RunHints,
): Promise<INodeExecutionData[]> {
	const options = readOptions(context, itemIndex);
	const pagination = readPagination(context, itemIndex);
	const reading = readRequest(context, itemIndex, options);
	const [read, credential] = await Promise.all([reading, readCredential(context, itemIndex)]);
	const parts = await withBaseUrl(context, read, credential);
	hints.note(credential, parts.url);
	await turn(itemIndex);

	const sender: Sender = { context, itemIndex, credential, options };
	const items: INodeExecutionData[] = [];
	const deliver = (answer: Answer) => {
		if (!answer.hop.authenticated) hints.noteLostToken(answer.hop.url);
		for (const item of toItems(sender, answer)) items.push(item);
	};
	if (pagination) await sendPages(sender, parts, pagination, deliver);
	else deliver(await sendForAnswer(sender, finalise(parts)));
	return items;
}
