namespace Hearth.Ideas.Simulation;

/// <summary>People who come by themselves: most once, a few again and again; each visit a handful of votes.</summary>
internal static class SimulatedCrowd
{
    public static void Play(SimulatedBoard board, Random random)
    {
        var votes = random.Between(1.5, 3.5);
        var again = random.Between(0.7, 2);
        long[] hosts = [.. Enumerable.Range(0, 12).Select(_ => random.Trace())];
        var visits = new List<(double Minute, SimulatedPerson Person, bool First)>();
        foreach (var person in board.Town.People)
        {
            if (person.Since >= 0) visits.Add((person.Since + random.LogNormal(4, 1), person, true));
            var more = random.Geometric(random.Chance(0.1) ? again * 5 : again);
            for (var n = 0; n < more; n++) visits.Add((random.Between(Math.Max(0, person.Since), board.Minutes), person, false));
        }

        foreach (var (at, person, first) in visits.OrderBy(v => v.Minute))
        {
            var (device, network, agent) = Seat(person, random);
            var referrer = first && random.Chance(0.3) ? hosts[random.Ranked(hosts.Length, 2)] : 0;
            var minute = at;
            for (var n = 1 + random.Geometric(votes); n > 0; n--)
            {
                if (board.Find(minute) is not (>= 0 and var idea)) break;
                if (board.Vote(person, idea, minute, random.Chance(person.Demotes) ? Stance.Demote : Stance.Promote, device, network, agent, referrer)) board.Warm(idea);
                minute += random.LogNormal(1.2, 0.9);
            }
        }
    }

    /// <summary>Where somebody sits for one visit: at home, at work, under way, or at a computer that others use too.</summary>
    public static (long Device, long Network, long Agent) Seat(SimulatedPerson person, Random random)
    {
        if (person.Shared != 0 && random.Chance(person.UsesShared)) return (person.Shared, person.Work != 0 && person.WorkAgent != 0 ? person.Work : person.Home, person.WorkAgent != 0 ? person.WorkAgent : person.Agent);
        if (person.Work != 0 && random.Chance(0.5)) return (person.Device == 0 ? 0 : person.Device ^ 1, person.Work, person.WorkAgent == 0 ? person.Agent : person.WorkAgent);
        return random.Chance(0.2) ? (person.Device == 0 ? 0 : person.Device ^ 2, person.Mobile, person.Agent ^ 2) : (person.Device, person.Home, person.Agent);
    }
}
