// A real ActivityPub server on loopback with one account, "peer". Tells {"origin"} on its first line and ends with whoever started it.
//   node fedify.mjs rfc9421|draft-cavage     which style of signature it tries first
// What its user does is asked for by GET under /_ctl/ (see ctl below); what reached it is told by /_ctl/log.
import http from 'node:http';
import { Temporal } from '@js-temporal/polyfill';
import { createFederation, MemoryKvStore, InProcessMessageQueue, generateCryptoKeyPair } from '@fedify/fedify';
import { Person, Note, Create, Update, Follow, Accept, Undo, Like, Announce, Delete, Tombstone, Mention, isActor, PUBLIC_COLLECTION, Endpoints, Document } from '@fedify/vocab';

const server = http.createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const ORIGIN = `http://127.0.0.1:${server.address().port}`;
const log = [], followers = new Map(), notes = new Map();
let n = 0, refuse = null;
let keys = [await generateCryptoKeyPair('RSASSA-PKCS1-v1_5'), await generateCryptoKeyPair('Ed25519')];
const federation = createFederation({
  kv: new MemoryKvStore(), queue: new InProcessMessageQueue(), allowPrivateAddress: true, firstKnock: process.argv[2] ?? 'rfc9421', origin: ORIGIN, signatureTimeWindow: { hours: 1 },
  onOutboxError: (error, activity) => log.push({ outboxError: String(error), activity: activity?.id?.href }),
});
federation.setActorDispatcher('/users/{identifier}', async (ctx, identifier) => {
  if (identifier !== 'peer') return null;
  const pairs = await ctx.getActorKeyPairs(identifier);
  return new Person({
    id: ctx.getActorUri(identifier), preferredUsername: identifier, name: 'Peer Gynt', url: new URL('/@peer', ctx.url), inbox: ctx.getInboxUri(identifier), outbox: ctx.getOutboxUri(identifier),
    followers: ctx.getFollowersUri(identifier), endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }), publicKey: pairs[0].cryptographicKey, assertionMethods: pairs.map((k) => k.multikey),
  });
}).setKeyPairsDispatcher(() => keys);
federation.setFollowersDispatcher('/users/{identifier}/followers', () => ({ items: [...followers.values()] }));
federation.setOutboxDispatcher('/users/{identifier}/outbox', () => ({ items: [] }));
federation.setObjectDispatcher(Note, '/users/{identifier}/notes/{id}', (ctx, values) => notes.get(values.id) ?? null);

const took = (activity, more = {}) => log.push({ in: activity.constructor.name, id: activity.id?.href, actor: activity.actorId?.href, object: activity.objectId?.href, ...more });
const withNote = async (ctx, activity) => {
  const note = await activity.getObject(ctx);
  const tags = [];
  for await (const tag of note?.getTags(ctx) ?? []) if (tag instanceof Mention) tags.push(tag.href?.href);
  const shown = [];
  for await (const a of note?.getAttachments(ctx) ?? []) shown.push({ url: (a.url?.href?.href ?? a.url?.href)?.toString(), alt: a.name?.toString(), type: a.mediaType });
  took(activity, { shown, note: note?.id?.href, text: note?.content?.toString(), inReplyTo: note?.replyTargetId?.href, mentions: tags, to: note?.toIds.map((i) => i.href) });
};
federation.setInboxListeners('/users/{identifier}/inbox', '/inbox').setSharedKeyDispatcher(() => ({ identifier: 'peer' }))
  .on(Follow, async (ctx, follow) => {
    const actor = await follow.getActor(ctx);
    took(follow);
    followers.set(follow.id.href, { id: actor.id, inboxId: actor.inboxId, endpoints: actor.endpoints });
    await ctx.sendActivity({ identifier: 'peer' }, actor, new Accept({ id: new URL(`#accept-${++n}`, ctx.getActorUri('peer')), actor: ctx.getActorUri('peer'), to: actor.id, object: follow }));
  })
  .on(Accept, (ctx, a) => took(a)).on(Create, withNote).on(Update, withNote).on(Like, (ctx, a) => took(a)).on(Announce, (ctx, a) => took(a)).on(Delete, (ctx, a) => took(a))
  .on(Undo, async (ctx, a) => took(a, { undo: (await a.getObject(ctx))?.constructor.name }))
  .onError((ctx, error) => { log.push({ inboxError: String(error) }); });

const me = (ctx) => ctx.getActorUri('peer');
const look = async (ctx, id) => ctx.lookupObject(id, { documentLoader: await ctx.getDocumentLoader({ identifier: 'peer' }) });
const send = (ctx, to, activity) => ctx.sendActivity({ identifier: 'peer' }, to, activity);
const ctl = {
  /** Follows an actor. */
  async follow(ctx, q) {
    const target = await look(ctx, q.get('target'));
    if (!target || !isActor(target)) return { error: 'no actor' };
    const id = new URL(`#follow-${++n}`, me(ctx));
    await send(ctx, target, new Follow({ id, actor: me(ctx), object: target.id, to: target.id }));
    return { sent: id.href, actor: target.id.href };
  },
  /** Stops following. */
  async unfollow(ctx, q) {
    const target = await look(ctx, q.get('target'));
    const follow = new Follow({ id: new URL(q.get('follow')), actor: me(ctx), object: target.id });
    await send(ctx, target, new Undo({ id: new URL(`#undo-${++n}`, me(ctx)), actor: me(ctx), object: follow, to: target.id }));
    return {};
  },
  /** Writes a note that names somebody, answers something, shows a picture (image, alt), or is for that somebody alone (private=1). */
  async post(ctx, q) {
    const id = String(++n), uri = ctx.getObjectUri(Note, { identifier: 'peer', id });
    const target = await look(ctx, q.get('mention'));
    const alone = q.get('private') === '1';
    const to = alone ? target.id : PUBLIC_COLLECTION, ccs = alone ? [] : [ctx.getFollowersUri('peer'), target.id];
    const note = new Note({
      id: uri, attribution: me(ctx), to, ccs, content: `<p><a href="${target.id.href}" class="u-url mention">@${target.preferredUsername}</a> ${q.get('text')}</p>`,
      attachments: q.get('image') ? [new Document({ url: new URL(q.get('image')), mediaType: 'image/png', name: q.get('alt') })] : [],
      replyTarget: q.get('inReplyTo') ? new URL(q.get('inReplyTo')) : undefined, published: Temporal.Now.instant(), url: uri, tags: [new Mention({ href: target.id, name: '@' + target.preferredUsername })],
    });
    notes.set(id, note);
    const create = new Create({ id: new URL('#create', uri), actor: me(ctx), to, ccs, object: note, published: Temporal.Now.instant() });
    await send(ctx, target, create);
    return { note: uri.href, activity: create.id.href };
  },
  /** Gives a note other words. */
  async edit(ctx, q) {
    const id = q.get('note').split('/').pop(), old = notes.get(id), target = await look(ctx, q.get('to'));
    const note = old.clone({ content: `<p><a href="${target.id.href}" class="u-url mention">@${target.preferredUsername}</a> ${q.get('text')}</p>`, updated: Temporal.Now.instant() });
    notes.set(id, note);
    await send(ctx, target, new Update({ id: new URL(`#update-${++n}`, me(ctx)), actor: me(ctx), to: PUBLIC_COLLECTION, cc: target.id, object: note }));
    return {};
  },
  /** Likes, passes on, takes away; undo=1 takes a like (of=Like) back. */
  async act(ctx, q) {
    const target = await look(ctx, q.get('to')), id = new URL(`#${q.get('kind')}-${++n}`, me(ctx)), object = new URL(q.get('object'));
    const kinds = { like: Like, announce: Announce, delete: Delete, undo: Undo };
    const about = q.get('kind') === 'delete' ? new Tombstone({ id: object }) : q.get('kind') === 'undo' ? new ({ Like, Announce })[q.get('of')]({ id: object, actor: me(ctx), object: new URL(q.get('target')) }) : object;
    if (q.get('kind') === 'delete') notes.delete(q.get('object').split('/').pop());
    await send(ctx, target, new (kinds[q.get('kind')])({ id, actor: me(ctx), object: about, to: PUBLIC_COLLECTION, cc: target.id }));
    return { sent: id.href };
  },
  /** Asks for something as its user; by address. */
  async lookup(ctx, q) {
    const found = await look(ctx, q.get('q'));
    return { type: found?.constructor.name, id: found?.id?.href, name: found?.preferredUsername?.toString() };
  },
  /** Signs with new keys from now on. */
  async rotate() {
    keys = [await generateCryptoKeyPair('RSASSA-PKCS1-v1_5'), await generateCryptoKeyPair('Ed25519')];
    return {};
  },
  /** Answers every activity with this status from now on; nothing ends it. */
  refuse: (ctx, q) => { refuse = q.get('status') ? Number(q.get('status')) : null; return {}; },
  log: () => log,
};

server.on('request', async (req, res) => {
  const parts = [];
  for await (const part of req) parts.push(part);
  const at = new URL(req.url, ORIGIN);
  if (req.method === 'POST') log.push({ http: at.pathname, style: req.headers['signature-input'] ? 'rfc9421' : req.headers.signature ? 'cavage' : 'none' });
  const headers = new Headers(Object.entries(req.headers).flatMap(([k, v]) => (Array.isArray(v) ? v.map((x) => [k, x]) : [[k, v]])));
  const request = new Request(at, { method: req.method, headers, body: parts.length ? Buffer.concat(parts) : undefined });
  let answer;
  try {
    if (at.pathname.startsWith('/_ctl/')) answer = Response.json(await ctl[at.pathname.slice(6)](federation.createContext(request, undefined), at.searchParams));
    else if (refuse && req.method === 'POST') answer = new Response('no', { status: refuse });
    else answer = await federation.fetch(request, { contextData: undefined, onNotFound: () => new Response('not found', { status: 404 }), onNotAcceptable: () => new Response('html', { status: 406 }) });
  } catch (error) {
    answer = new Response(String(error.stack), { status: 500 });
  }
  res.writeHead(answer.status, Object.fromEntries(answer.headers));
  res.end(Buffer.from(await answer.arrayBuffer()));
});
process.stdout.write(JSON.stringify({ origin: ORIGIN }) + '\n');
process.stdin.resume().on('end', () => process.exit(0));
