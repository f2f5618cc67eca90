import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { testJwtSignApi } from '../common/credentialTests';
import { optionsField } from './description/optionFields';
import { requestFields } from './description/requestFields';
import { responseFields } from './description/responseFields';
import { verificationFields } from './description/verificationFields';
import { triggerPanel } from './description/triggerPanel';
import { outputs, webhooks } from './description/webhooks';
import { receiveItem } from './receiveItem';

/** Starts a workflow for calls whose JWT holds, and answers all others itself. */
export class JwtWebhook implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JWT Webhook',
		name: 'jwtWebhook',
		icon: {
			light: 'file:../../icons/jwtWebhook.svg',
			dark: 'file:../../icons/jwtWebhook.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ [].concat($parameter["httpMethod"]).join(", ") }}',
		description:
			'Start the workflow for calls with a valid JWT; others are refused before anything runs',
		eventTriggerDescription: 'Waiting for you to call the Test URL with a token',
		activationMessage: 'You can now make calls with a token to your production webhook URL.',
		triggerPanel,
		defaults: { name: 'JWT Webhook' },
		inputs: [],
		outputs,
		credentials: [
			{
				name: 'jwtSignApi',
				required: true,
				testedBy: 'testJwtSignApi',
				displayOptions: { show: { keySource: ['credential'] } },
			},
		],
		webhooks,
		sensitiveOutputFields: ['headers.authorization', 'headers.cookie'],
		properties: [...requestFields, ...verificationFields, ...responseFields, optionsField],
	};

	methods = { credentialTest: { testJwtSignApi } };

	// Nothing has to be set up with a service: n8n itself listens.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(true);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(true);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await Promise.resolve(true);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveItem(this);
	}
}
