import { Readable } from 'node:stream';
import { startDeadline } from '../../../../core/request/deadline';
import type { FollowedResponse } from '../../../../nodes/JwtHttpRequest/send/sendTypes';
import { storeFile } from '../../../../nodes/JwtHttpRequest/send/storeFile';
import { broken, hop, senderTo } from '../support/sender';

function response(
	headers: object,
	url = 'https://api.test/dir/a%20b.pdf?x=1',
	body = Readable.from([Buffer.from('x')]),
) {
	const close = jest.fn();
	const answer = { statusCode: 200, statusMessage: '', headers, hop: hop(url), body, close };
	return { answer: { ...answer, deadline: startDeadline(60_000) } as FollowedResponse, close };
}

it.each([
	['that the API says', { 'content-disposition': 'attachment; filename="r.csv"' }, 'r.csv'],
	['at the end of the URL', {}, 'a%20b.pdf'],
])('a file has the name %s', async (_what, headers, fileName) => {
	const { sender } = senderTo(() => ({}));
	expect(await storeFile(sender, response(headers).answer)).toMatchObject({ fileName });
});

it('a file without a name has that of its field, with the extension n8n found', async () => {
	const { sender } = senderTo(() => ({}));
	sender.context.helpers.prepareBinaryData = async (_body, fileName) =>
		await Promise.resolve({ data: '', mimeType: 'image/png', fileName, fileExtension: 'png' });
	const { answer } = response({}, 'https://api.test/');
	expect(await storeFile(sender, answer)).toMatchObject({ fileName: 'data.png' });
});

it('a file has the type the API says, without what stands beside it', async () => {
	const { sender } = senderTo(() => ({}));
	const { answer } = response({ 'content-type': 'Image/PNG; charset=binary' });
	expect(await storeFile(sender, answer)).toMatchObject({ mimeType: 'image/png' });
});

it('a file that breaks off is an error, and its connection closed', async () => {
	const { sender } = senderTo(() => ({}));
	const { answer, close } = response({}, undefined, broken());
	await expect(storeFile(sender, answer)).rejects.toMatchObject({ code: 'RESPONSE_INCOMPLETE' });
	expect(close).toHaveBeenCalledTimes(1);
});
