import { JudgingService } from '../support/services/judgingService';
import { SERVICE_CASES } from '../support/services/serviceCases';
import type { ServiceCase } from '../support/services/serviceCase';
import { ServiceStandIn } from '../e2e/support/serviceStandIn';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

/** What people search for, and the entry of ours that it finds. */
const SEARCHES: ReadonlyArray<[words: string, entry: string]> = [
	['github app', 'GitHub App'],
	['app store', 'App Store Connect'],
	['service account', 'Google Service Account'],
	['snowflake', 'Snowflake SQL API'],
	['docusign', 'DocuSign'],
];

/**
 * Services, the words that offer them first, and the most interactions from an empty editor to a 200 in
 * the node. Test Connection, which n8n does on Save, has its 200 one before that. The entry of the node
 * panel begins with an address that answers.
 */
const WAYS: ReadonlyArray<[type: string, words: string, entry: string, most: number]> = [
	['githubAppJwtApi', 'github app', 'GitHub App', 8],
	['appStoreConnectJwtApi', 'app store connect', 'App Store Connect', 8],
	['googleServiceAccountJwtApi', 'service account', 'Google Service Account', 6],
	['docusignJwtApi', 'docusign', 'DocuSign', 8],
	['lineJwtApi', 'line messaging', 'LINE Messaging API', 8],
	['yandexCloudJwtApi', 'yandex cloud', 'Yandex Cloud', 6],
];

function caseOf(type: string): ServiceCase {
	const service = SERVICE_CASES.find((one) => one.type === type);
	if (!service) throw new Error(`There is no case for ${type}`);
	return service;
}

describeInBrowser('services in the node panel', () => {
	let editor: Editor;
	let standIn: ServiceStandIn;
	let judge: JudgingService;

	beforeAll(async () => {
		editor = await Editor.open();
		standIn = await ServiceStandIn.start(
			[...WAYS.flatMap(([type]) => caseOf(type).hosts), 'www.googleapis.com'],
			(request) => judge.answer(request),
		);
	});

	afterAll(async () => {
		await standIn.stop();
		await editor.close();
	});

	it.each(SEARCHES)('"%s" finds %s', async (words, entry) => {
		await editor.newWorkflow();
		await editor.searchNodes(words, [entry]);
		if (words === 'app store') await keepImage(editor.page, 'services-in-node-panel');
	});

	it.each(WAYS)('%s: from an empty editor to a 200', async (type, words, entry, most) => {
		const service = caseOf(type);
		judge = new JudgingService(service);
		standIn.requests.length = 0;
		const { page } = editor;
		await editor.goto('/workflow/new');
		await page.getByTestId('canvas-plus-button').waitFor();
		const before = editor.interactions;
		await editor.click(page.getByTestId('canvas-plus-button'));
		const node = await editor.addFirst(words, entry);
		const form = await node.connect();
		for (const [name, value] of Object.entries(service.form)) {
			await editor.paste(editor.field(name), String(value));
		}
		if (type === 'githubAppJwtApi') await keepImage(page, 'service-credential', form.dialog);
		await form.saveAndClose();
		const toTest = editor.interactions - before;
		expect(standIn.requests.map(({ host, path }) => host + path)).toContain(service.tested);
		const output = await node.execute();
		const toRun = editor.interactions - before;
		console.log(
			`${entry}: ${toTest} interactions to a 200 of the service, ${toRun} to one in a node.`,
		);
		expect(output).toContain('ok');
		expect(toRun).toBeLessThanOrEqual(most);
		expect(toTest).toBe(toRun - 1);
	});
});
