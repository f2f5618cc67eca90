import type { IWebhookFunctions } from 'n8n-workflow';
import type { IncomingCall } from '../../../nodes/JwtWebhook/read/incomingCall';
import { calledAddress } from '../../../nodes/JwtWebhook/read/webhookUrl';

it.each([
	['https://n8n.example.com/webhook/orders', {}, 'https://n8n.example.com/webhook/orders'],
	[
		'https://n8n.example.com:8443/base/webhook/id/orders/:order/lines/:line',
		{ order: 'a b/c', line: '7' },
		'https://n8n.example.com:8443/base/webhook/id/orders/a%20b%2Fc/lines/7',
	],
])('%s called with %j is %s', (webhookUrl, params, expected) => {
	const context = { getMode: () => 'webhook', getNodeWebhookUrl: () => webhookUrl };
	const call = { params } as unknown as IncomingCall;
	expect(calledAddress(context as unknown as IWebhookFunctions, call)).toBe(expected);
});
