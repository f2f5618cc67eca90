import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { finalise, type RequestParts } from '../../core/http/requestParts';
import type { RunHints } from './respond/hints';
import { withCompleteUrl } from './read/baseUrl';
import { readCredential } from './read/credential';
import { readOptions } from './read/options';
import { readPagination, type Pagination } from './read/paginationOptions';
import { readRequest } from './read/request';
import { toItems } from './respond/toItems';
import { sendForAnswer } from './send/sendUntilAnswered';
import { ItemSecrets } from './send/itemSecrets';
import { sendPages } from './send/pages';
import type { Answer, Sender } from './send/sendTypes';

/** Sends what the form says, and reads the answers. */
async function send(
	sender: Sender,
	parts: RequestParts,
	pagination: Pagination | undefined,
	hints: RunHints,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	const deliver = (answer: Answer) => {
		const { authenticated, url } = answer.hop;
		if (!authenticated) hints.noteLostToken(sender.secrets.redact(new URL(url).origin));
		for (const item of toItems(sender, answer)) items.push(item);
	};
	if (pagination) await sendPages(sender, parts, pagination, deliver);
	else deliver(await sendForAnswer(sender, finalise(parts)));
	return items;
}

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
	const secrets = new ItemSecrets(credential.data, read, options.proxy);
	try {
		const parts = await withCompleteUrl(context, read, credential);
		hints.note(credential, parts.url);
		await turn(itemIndex);
		const sender: Sender = { context, itemIndex, credential, options, secrets };
		return await send(sender, parts, pagination, hints);
	} catch (error) {
		// Whatever a server or the system said may quote what it was sent.
		throw secrets.redactError(context, error);
	}
}
