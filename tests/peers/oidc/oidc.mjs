// A certified OpenID provider on loopback. First line on standard output: {"issuer": "..."}. The first argument is the way back that its clients may use.
// Two clients: "hearth" with the secret "tell nobody", and "hearth-open" without one. Whoever signs in says who they are: the login is a JSON object of claims
// ({"sub": "..", "email": "..", "email_verified": true, "name": ".."}). Its own pages for trying things out are the sign-in pages.
import http from 'node:http';
import Provider from 'oidc-provider';

const back = process.argv[2].split(',');
const people = new Map();
const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const common = { redirect_uris: back, response_types: ['code'], grant_types: ['authorization_code'] };
  const provider = new Provider(issuer, {
    clients: [
      { ...common, client_id: 'hearth', client_secret: 'tell nobody' },
      { ...common, client_id: 'hearth-open', token_endpoint_auth_method: 'none' },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => people.get(id) ?? { sub: id } }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/who/${interaction.uid}` },
    cookies: { keys: ['only for tests'] },
  });
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/who/')) return handle(request, response);
    const { prompt, params, grantId } = await provider.interactionDetails(request, response);
    const url = new URL(request.url, issuer);
    const said = url.searchParams.get('as');
    if (said === 'nobody') return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'The person said no' });
    if (prompt.name === 'login') {
      if (!said) {
        response.setHeader('content-type', 'text/html');
        return response.end('<!doctype html><title>Who are you?</title><form><input name="as" aria-label="Who"><button>Go</button></form>');
      }
      const claims = JSON.parse(said);
      people.set(claims.sub, claims);
      return provider.interactionFinished(request, response, { login: { accountId: claims.sub } });
    }
    const { Grant } = provider;
    const grant = grantId ? await Grant.find(grantId) : new Grant({ accountId: (await provider.interactionDetails(request, response)).session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  });
  process.stdout.write(JSON.stringify({ issuer }) + '\n');
});
process.stdin.resume().on('end', () => process.exit(0)); // ends with whoever started it
