namespace Hearth.Ideas.Simulation;

/// <summary>Hands that vote many times, and crowds that are sent. How many accounts, how careful and how patient each is differs from hand to hand.</summary>
internal static class SimulatedCheats
{
    private static readonly TrueKind[] Kinds = [TrueKind.OneBrowser, TrueKind.Wiped, TrueKind.Hidden, TrueKind.Drip, TrueKind.Ring, TrueKind.Brigade];

    public static void Play(SimulatedBoard board, Random random)
    {
        for (var n = 0; n < board.Plan.Hands; n++)
        {
            var kind = n < Kinds.Length ? Kinds[n] : random.Of(Kinds); // each at least once
            if (kind == TrueKind.Brigade) Brigade(board, random);
            else if (kind == TrueKind.Ring) Ring(board, random);
            else OneHand(board, random, kind);
        }
    }

    private static void OneHand(SimulatedBoard board, Random random, TrueKind kind)
    {
        var master = random.Of(board.Town.People);
        var start = random.Between(0.05, 0.8) * board.Minutes;
        var targets = Targets(board, random, start, random.Next(1, 5));
        if (targets.Count == 0) return;
        var (home, agent) = (master.Home, master.Agent);
        var agents = random.Chance(0.6) ? [agent] : new[] { agent, board.Town.Agent() };
        var throwAway = kind == TrueKind.Hidden ? random.Between(0.3, 1) : random.Between(0, 0.7);
        var care = random.NextDouble(); // how much is done to look like other people
        var cover = random.Between(0, 0.3 + 0.4 * care);
        var pause = random.LogNormal(3.5, 0.5);
        var steady = kind == TrueKind.Hidden && random.Chance(0.5);
        var accounts = kind switch { TrueKind.OneBrowser => random.Next(3, 16), TrueKind.Wiped => random.Next(4, 26), TrueKind.Hidden => random.Next(6, 41), _ => random.Next(5, 21) };
        List<SimulatedPerson> hand = [];
        if (random.Chance(0.8))
        {
            foreach (var t in targets) board.Vote(master, t, Math.Max(start, board.PostedAt[t]) + random.Exponential(60));
            hand.Add(master);
        }

        var at = start;
        for (var n = 0; n < accounts; n++)
        {
            // A sitting of a few accounts, then a break; the patient ones vote one now and then with accounts made in stock.
            at += steady ? pause * random.Between(0.9, 1.1) : kind == TrueKind.Drip ? random.Exponential(random.Between(120, 900)) : random.Chance(0.15) ? random.Exponential(1200) : pause * random.Between(0.5, 2);
            var device = kind is TrueKind.OneBrowser || (kind == TrueKind.Drip && random.Chance(0.6)) ? master.Device == 0 ? board.Plan.Seed + 1L : master.Device : random.Trace();
            if (kind == TrueKind.Hidden && random.Chance(0.3)) device = 0;
            var network = kind == TrueKind.Hidden ? random.Of(board.Town.Exits) : kind == TrueKind.Drip && random.Chance(0.3) ? master.Mobile : home;
            var since = kind == TrueKind.Drip ? start - random.Between(1, 9 * care + 2) * 1440
                : random.Chance(0.3 * care) ? at - random.Between(60, 4000) : at - random.LogNormal(1.8 + 3 * care, 0.5);
            var puppet = new SimulatedPerson { Id = new(random.Id()), Since = since, Home = network, Agent = random.Of(agents), Device = device, ThrowAway = random.Chance(throwAway) };
            hand.Add(puppet);
            var minute = at;
            foreach (var target in targets)
            {
                if (targets.Count > 1 && random.Chance(0.12)) continue;
                board.Vote(puppet, target, Math.Max(minute, board.PostedAt[target] + 1), Stance.Promote);
                minute += random.LogNormal(0.4, 0.5);
            }

            while (random.Chance(cover))
            {
                if (board.Find(minute) is >= 0 and var other) board.Vote(puppet, other, minute);
                minute += random.LogNormal(0.5, 0.5);
            }

            while (random.Chance(0.35 * care))
            {
                if (board.Find(minute) is >= 0 and var later) board.Vote(puppet, later, minute + random.Between(1440, 14_400));
            }
        }

        board.Judge(hand, kind);
    }

    // Friends, or one patient hand: each posts, all vote for all, from places of their own.
    private static void Ring(SimulatedBoard board, Random random)
    {
        var members = random.Next(4, 9);
        var start = (int)(random.Between(0.05, 0.6) * board.PostedAt.Length);
        var span = Math.Min(board.PostedAt.Length - start, members * 6);
        var ideas = Enumerable.Range(start, span).OrderBy(_ => random.Next()).Take(members * 2).ToArray();
        List<SimulatedPerson> ring = [];
        for (var m = 0; m < members; m++) ring.Add(board.Town.Somebody(board.PostedAt[start] - random.Exponential(2 * 1440)));
        for (var i = 0; i < ideas.Length; i++) board.Authors[ideas[i]] = ring[i % members];
        var faithful = random.Between(0.8, 1);
        for (var i = 0; i < ideas.Length; i++)
        {
            foreach (var person in ring.Where(p => p != board.Authors[ideas[i]] && random.Chance(faithful)))
            {
                board.Vote(person, ideas[i], Math.Max(0, board.PostedAt[ideas[i]]) + random.Exponential(random.Between(300, 2500)), Stance.Promote, kind: TrueKind.Ring);
            }
        }

        var cover = random.Between(0.2, 0.7);
        foreach (var person in ring)
        {
            var minute = Math.Max(0, board.PostedAt[start]) + random.Exponential(3000);
            while (random.Chance(cover))
            {
                if (board.Find(minute) is >= 0 and var other) board.Vote(person, other, minute);
                minute += random.LogNormal(2, 1);
            }
        }
    }

    private static void Brigade(SimulatedBoard board, Random random)
    {
        var at = random.Between(0.1, 0.9) * board.Minutes;
        if (board.Find(at) is not (>= 0 and var idea)) return;
        var (host, shows, stays) = (random.Trace(), random.Between(0.6, 1), random.Between(0.02, 0.2));
        var (stance, mean) = (random.Chance(0.6) ? Stance.Promote : Stance.Demote, random.Between(40, 900));
        var wait = random.Between(2, 6);
        for (var n = random.Next(40, 260); n > 0; n--)
        {
            var then = at + random.Exponential(mean);
            var person = random.Chance(0.93) ? board.Town.Somebody(then - random.LogNormal(wait, 0.7)) : random.Of(board.Town.People);
            board.Vote(person, idea, then, random.Chance(0.97) ? stance : (Stance)(-(int)stance), referrer: random.Chance(shows) ? host : 0, kind: TrueKind.Brigade);
            while (random.Chance(stays))
            {
                then += random.LogNormal(1.5, 0.8);
                if (board.Find(then) is >= 0 and var other) board.Vote(person, other, then);
            }
        }
    }

    private static List<int> Targets(SimulatedBoard board, Random random, double at, int count)
    {
        List<int> targets = [];
        for (var tries = 0; tries < 20 && targets.Count < count; tries++)
        {
            if (board.Find(at) is >= 0 and var idea && !targets.Contains(idea)) targets.Add(idea);
        }

        return targets;
    }
}
