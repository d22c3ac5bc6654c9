namespace Hearth.Ideas.Simulation;

/// <summary>Where people live and work, and what they browse with. Half of what looks like cheating is here: families, offices, lecture halls, public computers.</summary>
internal sealed class SimulatedTown
{
    private readonly Random _random;
    private readonly BoardPlan _plan;
    private readonly long[] _agents;
    private readonly long[] _pools;
    private readonly double _throwAway;
    private readonly double _refusesMarks;
    private readonly double _pooled;

    public SimulatedTown(BoardPlan plan, Random random)
    {
        (_plan, _random) = (plan, random);
        _agents = Traces(random.Next(25, 60));
        _pools = Traces(Math.Max(4, plan.People / random.Next(6, 14)));
        Carriers = Traces(4);
        Exits = Traces(random.Next(40, 160));
        _throwAway = random.Between(0.004, 0.025);
        _refusesMarks = random.Between(0.04, 0.15);
        _pooled = random.Between(0.2, 0.5);
        Settle();
    }

    public List<SimulatedPerson> People { get; } = [];

    /// <summary>By workplace or university: who is there.</summary>
    public List<List<SimulatedPerson>> Places { get; } = [];

    public long[] Carriers { get; }

    /// <summary>Networks that hide where somebody comes from; a few honest people use them too.</summary>
    public long[] Exits { get; }

    public long Agent() => _agents[_random.Ranked(_agents.Length, 2)];

    /// <summary>Somebody of an own home.</summary>
    public SimulatedPerson Somebody(double since, long? home = null, int household = -1) => new()
    {
        Id = new(_random.Id()), Since = since, Home = home ?? Network(), Agent = Agent(), Device = _random.Chance(_refusesMarks) ? 0 : _random.Trace(),
        Mobile = _random.Of(Carriers), ThrowAway = _random.Chance(_throwAway), Demotes = _random.Chance(0.15) ? _random.Between(0.3, 0.7) : _random.Between(0, 0.12), Household = household,
    };

    /// <summary>A home's network: its own, one of the provider's pools that neighbours share, or now and then one that hides it.</summary>
    public long Network() => _random.Chance(0.02) ? _random.Of(Exits) : _random.Chance(_pooled) ? _pools[_random.Ranked(_pools.Length, 20)] : _random.Trace();

    private void Settle()
    {
        var minutes = _plan.Days * 1440.0;
        for (var household = 0; People.Count < _plan.People; household++)
        {
            var home = Network();
            var tablet = _random.Chance(0.3) ? _random.Trace() : 0;
            var members = _random.Chance(0.72) ? 1 : _random.Next(2, 6);
            var together = _random.Chance(0.4); // a family joins on one evening
            var first = Since(minutes);
            for (var m = 0; m < members; m++)
            {
                var person = Somebody(together ? first + _random.Exponential(25) : Since(minutes), home, household);
                if (members > 1 && tablet != 0) (person.Shared, person.UsesShared) = (tablet, _random.Between(0.2, 0.9));
                People.Add(person);
            }
        }

        for (var offices = _random.Next(4, 9); offices > 0; offices--) Work(_random.Next(8, 90), 1, _random.Next(1, 3));
        for (var universities = _random.Next(1, 3); universities > 0; universities--) Work(_random.Next(60, 250), 2, 0);
        for (var kiosks = _random.Next(1, 5); kiosks > 0; kiosks--)
        {
            var (device, network, agent) = (_random.Trace(), _random.Trace(), Agent());
            for (var n = _random.Next(6, 30); n > 0; n--)
            {
                var person = _random.Of(People);
                (person.Shared, person.UsesShared, person.Work, person.WorkAgent) = (device, 0.9, network, agent);
            }
        }
    }

    private void Work(int people, int networks, int agents)
    {
        var prefixes = Traces(networks);
        var fleet = Enumerable.Range(0, agents).Select(_ => Agent()).ToArray();
        List<SimulatedPerson> here = [];
        for (; people > 0; people--)
        {
            var person = _random.Of(People);
            (person.Work, person.WorkAgent) = (_random.Of(prefixes), fleet.Length > 0 ? _random.Of(fleet) : 0);
            here.Add(person);
        }

        Places.Add(here);
    }

    // Two in five were there before the board is watched.
    private double Since(double minutes) => _random.Chance(0.4) ? -_random.Exponential(90 * 1440) : _random.Between(0, minutes);

    private long[] Traces(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Trace())];
}
