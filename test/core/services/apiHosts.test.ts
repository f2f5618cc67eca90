import { apiHostsField, hostList } from '../../../core/services/apiHosts';

it('is a field that may stay empty, with an example of several hosts', () => {
	const { name, label, description, required, placeholder } = apiHostsField('Of the API');
	expect({ name, label }).toEqual({ name: 'apiHosts', label: 'API Hosts' });
	expect(description).toBe('Of the API; with commas');
	expect(required).toBeUndefined();
	expect(placeholder).toContain(', ');
});

it('takes addresses and hosts, one by one or with commas, and leaves out what is neither', () => {
	const entered = ' api.example.com, https://other.example.com/v1,, *.blob.example.com , urn:x:y';
	expect(hostList('https://sso.example.com:8443/realms/main', entered, '')).toBe(
		'sso.example.com, api.example.com, other.example.com, *.blob.example.com',
	);
});
