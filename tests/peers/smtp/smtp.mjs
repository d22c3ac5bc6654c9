// A mail server on loopback that tells what it takes, one JSON object a line: first {"port": n}, then each mail {"from", "to", "data"}.
// With an argument "user:password" it asks for these. Mail to refused@... is refused for good, the first one to later@... for now.
import { SMTPServer } from 'smtp-server';

const [user, password] = (process.argv[2] ?? '').split(':');
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');
let postponed = 0;

const server = new SMTPServer({
  authOptional: !user,
  allowInsecureAuth: true,
  onAuth: (auth, _session, done) => auth.username === user && auth.password === password ? done(null, { user }) : done(new Error('wrong name or password')),
  onRcptTo(address, _session, done) {
    if (address.address.startsWith('refused@')) return done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }));
    if (address.address.startsWith('later@') && postponed++ === 0) return done(Object.assign(new Error('come back later'), { responseCode: 451 }));
    done();
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      tell({ from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((r) => r.address), data: Buffer.concat(parts).toString('utf8') });
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => tell({ port: server.server.address().port }));
process.stdin.resume().on('end', () => process.exit(0)); // ends with whoever started it
