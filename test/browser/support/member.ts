import { randomBytes } from 'node:crypto';
import { N8nClient } from '../../../playground/client';
import { n8nSession } from '../../e2e/support/n8nSession';

/**
 * A new user of the running n8n, who sees no credential or workflow of anybody else.
 *
 * @returns a client that is logged in as that user
 */
export async function newMember(): Promise<N8nClient> {
	const { client: owner, url } = n8nSession();
	const email = `person-${randomBytes(6).toString('hex')}@example.com`;
	const [invitation] = (await owner.rest('POST', '/invitations', [
		{ email, role: 'global:member' },
	])) as [{ user: { inviteAcceptUrl: string } }];
	const token = new URL(invitation.user.inviteAcceptUrl).searchParams.get('token');
	const member = new N8nClient({ url });
	await member.rest('POST', '/invitations/accept', {
		token,
		firstName: 'Demo',
		lastName: 'Person',
		password: `Demo1-${randomBytes(9).toString('base64url')}`,
	});
	return member;
}
