namespace Hearth.Ideas.Simulation;

/// <summary>Honest votes that come close together: colleagues asked by an author, a newsletter, an article, a class.</summary>
internal static class SimulatedEvents
{
    public static void Play(SimulatedBoard board, Random random)
    {
        for (var n = random.Next(8, 25); n > 0; n--) Colleagues(board, random);
        for (var n = random.Next(4, 14); n > 0; n--) Family(board, random);
        for (var n = random.Next(1, 3); n > 0; n--) Newsletter(board, random);
        for (var n = random.Next(1, 3); n > 0; n--) Article(board, random);
        for (var n = random.Next(0, 3); n > 0; n--) Class(board, random);
        for (var n = random.Next(1, 4); n > 0; n--) Regulars(board, random);
    }

    // "Please look at my idea": said at work, and some join for it.
    private static void Colleagues(SimulatedBoard board, Random random)
    {
        var place = random.Of(board.Town.Places);
        var idea = random.Next(board.PostedAt.Length);
        var said = Math.Max(0, board.PostedAt[idea]) + random.Exponential(180);
        var one = random.Of(place);
        for (var n = random.Next(3, 14); n > 0; n--)
        {
            var at = said + random.Exponential(random.Between(40, 500));
            SimulatedPerson person;
            if (random.Chance(0.5)) person = random.Of(place);
            else
            {
                person = board.Town.Somebody(at - random.LogNormal(3, 0.6));
                (person.Work, person.WorkAgent) = (one.Work, one.WorkAgent);
            }

            var agent = person.WorkAgent == 0 ? person.Agent : person.WorkAgent;
            board.Vote(person, idea, at, Stance.Promote, person.Device == 0 ? 0 : person.Device ^ 1, one.Work, agent);
            LookAround(board, random, person, at, 0.45, one.Work, agent);
        }
    }

    private static void Family(SimulatedBoard board, Random random)
    {
        var idea = random.Next(board.PostedAt.Length);
        var author = board.Authors[idea];
        var at = Math.Max(0, board.PostedAt[idea]) + random.Exponential(300);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            at += random.Exponential(60);
            var person = board.Town.Somebody(at - random.LogNormal(4, 0.6), author.Home, author.Household);
            var device = random.Chance(0.35) ? author.Device : person.Device; // on the author's own machine, after signing the author out
            board.Vote(person, idea, at, Stance.Promote, device, author.Home, device == author.Device ? author.Agent : person.Agent);
            LookAround(board, random, person, at, 0.5, author.Home, person.Agent);
        }
    }

    private static void Newsletter(SimulatedBoard board, Random random)
    {
        var at = random.Between(0.1, 0.9) * board.Minutes;
        var ideas = Enumerable.Range(0, random.Next(2, 6)).Select(_ => board.Find(at)).Where(i => i >= 0).Distinct().ToArray();
        var host = random.Chance(0.5) ? random.Trace() : 0;
        for (var n = random.Next(80, 260); n > 0 && ideas.Length > 0; n--)
        {
            var then = at + random.Exponential(random.Between(180, 600));
            var person = random.Chance(0.6) ? random.Of(board.Town.People) : board.Town.Somebody(then - random.LogNormal(4, 0.7));
            if (person.Since > then) person = board.Town.Somebody(then - random.LogNormal(4, 0.7));
            var (device, network, agent) = SimulatedCrowd.Seat(person, random);
            foreach (var idea in ideas)
            {
                if (random.Chance(0.55)) board.Vote(person, idea, then += random.LogNormal(1, 0.8), random.Chance(person.Demotes) ? Stance.Demote : Stance.Promote, device, network, agent, host);
            }

            LookAround(board, random, person, then, 0.3, network, agent);
        }
    }

    // Somebody writes about one idea; most readers who come are new, and half of them look at nothing else.
    private static void Article(SimulatedBoard board, Random random)
    {
        var at = random.Between(0.1, 0.85) * board.Minutes;
        if (board.Find(at) is not (>= 0 and var idea)) return;
        var (host, against, stays) = (random.Trace(), random.Between(0.02, 0.25), random.Between(0.25, 0.65));
        var (mean, wait) = (random.Between(200, 1500), random.Between(3, 8));
        for (var n = random.Next(60, 240); n > 0; n--)
        {
            var then = at + random.Exponential(mean);
            var person = random.Chance(0.75) ? board.Town.Somebody(then - random.LogNormal(wait, 0.8)) : random.Of(board.Town.People);
            var (device, network, agent) = SimulatedCrowd.Seat(person, random);
            board.Vote(person, idea, then, random.Chance(against) ? Stance.Demote : Stance.Promote, device, network, agent, random.Chance(0.8) ? host : 0);
            LookAround(board, random, person, then, stays, network, agent);
        }
    }

    // A teacher has everybody join in one lesson, on the school's computers.
    private static void Class(SimulatedBoard board, Random random)
    {
        var place = random.Of(board.Town.Places);
        var (network, agent, at) = (random.Of(place).Work, board.Town.Agent(), random.Between(0.1, 0.9) * board.Minutes);
        for (var n = random.Next(12, 28); n > 0; n--)
        {
            var then = at + random.Between(0, 25);
            var person = board.Town.Somebody(then - random.LogNormal(5, 0.5));
            for (var votes = 1 + random.Geometric(2); votes > 0; votes--)
            {
                if (board.Find(then) is >= 0 and var idea) board.Vote(person, idea, then, random.Chance(0.1) ? Stance.Demote : Stance.Promote, null, network, agent);
                then += random.LogNormal(1.5, 0.7);
            }
        }
    }

    // People who post often know each other's ideas and like some of them.
    private static void Regulars(SimulatedBoard board, Random random)
    {
        var circle = Enumerable.Range(0, random.Next(4, 10)).Select(_ => random.Of(board.Authors)).Distinct().ToArray();
        for (var i = 0; i < board.PostedAt.Length; i++)
        {
            if (random.Chance(0.08) && random.Of(circle) is { } author && author.Since <= board.PostedAt[i]) board.Authors[i] = author;
        }

        var likes = random.Between(0.15, 0.5);
        for (var i = 0; i < board.PostedAt.Length; i++)
        {
            if (!circle.Contains(board.Authors[i])) continue;
            foreach (var person in circle.Where(p => p != board.Authors[i] && random.Chance(likes)))
            {
                board.Vote(person, i, Math.Max(0, board.PostedAt[i]) + random.Exponential(2500), random.Chance(0.12) ? Stance.Demote : Stance.Promote);
            }
        }
    }

    private static void LookAround(SimulatedBoard board, Random random, SimulatedPerson person, double at, double chance, long network, long agent)
    {
        while (random.Chance(chance))
        {
            at += random.LogNormal(1.5, 0.9);
            if (board.Find(at) is >= 0 and var idea) board.Vote(person, idea, at, random.Chance(person.Demotes) ? Stance.Demote : Stance.Promote, null, network, agent);
        }

        if (random.Chance(0.15) && board.Find(at + 2880) is >= 0 and var later) board.Vote(person, later, at + random.Between(1440, 8640));
    }
}
