using Hearth.Listening.Alerts;
namespace Hearth.App.Demo;

internal enum DemoKind
{
    Complaint,
    Praise,
    Question,
    Purchase,
    Idea,
    Noise,
}

/// <summary>One post of the story.</summary>
/// <param name="Id">Unique; the source's name for it.</param>
/// <param name="Source">Which source tells it: see <see cref="DemoPosts.Sources"/>.</param>
/// <param name="At">When it was written.</param>
/// <param name="Author">By whom.</param>
/// <param name="Text">What it says.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Cause">The planted cause that brought it forth, if one did.</param>
/// <param name="Sku">The product it is about.</param>
/// <param name="Root">The post it answers, in its thread.</param>
internal sealed record DemoPost(string Id, string Source, DateTimeOffset At, DemoAuthor Author, string Text, DemoKind Kind, string? Cause, string? Sku, string? Root = null)
{
    public string Url => $"https://{Source}.example/@{Author.Handle}/{Id}";
}

/// <summary>Four months of what people say: pure, and the same for the same seed and moment.</summary>
internal sealed class DemoPosts
{
    public const int Days = 120;

    /// <summary>People talk to the brand on the first; on the others they talk about it.</summary>
    public static readonly (string Key, string Name)[] Sources = [("kindling", "Kindling (social network)"), ("trailtalk", "Trailtalk forum"), ("gearmarks", "Gearmarks reviews")];

    /// <summary>What Emberly looks for in all it hears.</summary>
    /// <summary>The query that has an earlier version.</summary>
    public const string Grown = "Lid hinge";

    public static readonly (string Name, string Text)[] Queries =
    [
        ("Emberly by name", "emberly OR @emberly OR #emberly"),
        ("Norrpine by name", "norrpine OR #norrpine"),
        ("Kestrel Camp by name", "\"kestrel camp\" OR #kestrelcamp"),
        ("Lid hinge", "hinge OR Scharnier OR bisagra OR dobradiça OR charnière"),
        ("Late parcels", "(delivery OR parcel OR order OR tracking OR depot) AND days"),
        ("Weekend silence", "(support OR answer OR reply) AND (hours OR weekend)"),
        ("Angry in German", "lang:de sentiment:negative (ofen OR kocher OR emberly OR lieferung OR scharnier)"),
        ("Lid near broken", "(lid OR hinge*) NEAR/6 (broke* OR loose OR \"fell off\" OR crack*)"),
        ("Wants to buy", "\"where can i buy\" OR \"about to order\" OR \"on sale\" OR outlet NOT broken"),
    ];

    /// <summary>What its people look at every day, as the address of the list carries it.</summary>
    public static readonly (string Name, string Filters)[] Views =
    [
        ("Complaints about delivery", "intent=complaint&topic=delivery-time&by=week"),
        ("Talk by language", "split=language&by=week"),
    ];

    public static readonly (string Name, AlertKind Kind, string Query, bool NegativeOnly, int? Threshold)[] Alerts =
    [
        ("Morning round", AlertKind.Daily, "Emberly by name", false, null),
        ("People are angry", AlertKind.Volume, "Emberly by name", true, 3),
        ("Something is up", AlertKind.Spike, "Emberly by name", false, null),
        ("Somebody wants to buy", AlertKind.Hourly, "Wants to buy", false, null),
    ];

    // Kind of background talk and how many posts a day it brings forth.
    private static readonly (DemoKind Kind, string Entry, double PerDay)[] Background =
    [
        (DemoKind.Praise, "praise", 5.2), (DemoKind.Question, "question", 2), (DemoKind.Purchase, "purchase", 1.4), (DemoKind.Idea, "idea", 0.7),
        (DemoKind.Noise, "noise", 2.3), (DemoKind.Complaint, "grumble", 1.1),
    ];

    private readonly DateTimeOffset _now;
    private readonly Random _random;
    private readonly DemoAuthor[] _people;
    private readonly Dictionary<string, Phrases> _phrases;
    private int _made;

    public DemoPosts(DateTimeOffset now, int seed)
    {
        _now = now;
        _random = new Random(seed);
        _people = DemoPeople.Make(_random, 950);
        _phrases = OtherPosts.Lexicons.ToDictionary(l => l.Key, l => new Phrases(l.Value, _random), StringComparer.Ordinal);
        _phrases["en"] = new Phrases(EnglishPosts.Lexicon, _random);
    }

    /// <summary>All posts that begin a thread, earliest first.</summary>
    public IReadOnlyList<DemoPost> History()
    {
        var posts = new List<DemoPost>();
        for (var day = Days; day >= 0; day--)
        {
            foreach (var cause in DemoCauses.All)
            {
                for (var n = Poisson(cause.RateOn(day)); n > 0; n--) posts.Add(About(cause, At(day)));
            }

            foreach (var (kind, entry, perDay) in Background)
            {
                for (var n = Poisson(perDay); n > 0; n--) posts.Add(Said(kind, entry, null, SomeProduct(), At(day)));
            }
        }

        posts.AddRange(Rivals());
        posts.AddRange(Wave());
        return [.. posts.Where(p => p.At < _now).OrderBy(p => p.At)];
    }

    // Two evenings ago a slow-living magazine wrote of Emberly, and within the hour its readers did.
    private IEnumerable<DemoPost> Wave()
    {
        string[] begins = ["Just read about Emberly in the magazine", "That piece on Emberly", "Everybody sends me the Emberly article", "So this is Emberly", "The Emberly story tonight"],
            ends = ["now I want a lantern on the balcony.", "made me dig out my old flask.", "reminds me of camping with my father.", "and the workshop looks lovely.", "and I am in love with that kettle."];
        var random = new Random(DemoStory.Seed + 11);
        for (var n = 0; n < 24; n++)
        {
            var at = new DateTimeOffset(_now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-2).AddHours(19).AddMinutes(4 + (52 * random.NextDouble()));
            var author = _people.Where(p => p.Language == "en").ElementAt(random.Next(200));
            yield return new(NextId(), Sources[random.Next(1, 3)].Key, at, author, $"{begins[random.Next(begins.Length)]}, {ends[random.Next(ends.Length)]}", DemoKind.Praise, null, null);
        }
    }

    // A random source of their own: what is said of Emberly does not depend on what is said of others.
    private IEnumerable<DemoPost> Rivals()
    {
        var random = new Random(DemoStory.Seed + 10);
        var says = new Phrases(RivalPosts.Lexicon, random);
        for (var day = Days; day >= 0; day--)
        {
            foreach (var (name, tag, first, last) in RivalPosts.Rivals)
            {
                for (var left = last + (first - last) * day / Days; left > 0; left--)
                {
                    if (left < 1 && random.NextDouble() > left) break;
                    var author = _people.Somebody(random);
                    var text = says.Say(author.Language == "de" ? "de" : "en", ("rival", name), ("hash", "#" + tag), ("city", DemoPeople.Cities[random.Next(DemoPeople.Cities.Length)]));
                    var at = new DateTimeOffset(_now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-day).AddHours(24 * Math.Max(random.NextDouble(), random.NextDouble()));
                    yield return new(NextId(), Sources[random.Next(1, 3)].Key, at, author, text, DemoKind.Noise, null, null);
                }
            }
        }
    }

    /// <summary>One post of now: what the demo says while somebody looks.</summary>
    public DemoPost Next(DateTimeOffset at)
    {
        var open = DemoCauses.All.Where(c => c.FixedDay is null).ToArray();
        if (_random.Next(3) == 0) return About(open[_random.Next(open.Length)], at);
        var roll = _random.NextDouble() * Background.Sum(b => b.PerDay);
        var (kind, entry, _) = Background.First(b => (roll -= b.PerDay) <= 0);
        return Said(kind, entry, null, SomeProduct(), at);
    }

    /// <summary>What the author says after we answered.</summary>
    public DemoPost Again(DemoPost post, DateTimeOffset at) =>
        new(NextId(), post.Source, at, post.Author, Phrase(post.Author.Language).Say("again"), DemoKind.Noise, null, post.Sku, post.Id);

    private DemoPost About(DemoCause cause, DateTimeOffset at) =>
        Said(DemoKind.Complaint, "cause." + cause.Id, cause, cause.Sku is { } sku ? DemoBrand.Product(sku) : SomeProduct(), at);

    private DemoPost Said(DemoKind kind, string entry, DemoCause? cause, DemoProduct product, DateTimeOffset at)
    {
        var author = _people.Somebody(_random);
        var hours = cause?.Id switch { "glow" => _random.Next(10, 13), "wait" => _random.Next(20, 64), _ => _random.Next(2, 9) };
        var text = Phrase(author.Language).Say(entry,
            ("product", product.Words[_random.Next(product.Words.Length)]), ("kind", author.Language == "en" ? product.Kind : product.Name),
            ("days", Number(_random.Next(5, 10))), ("weeks", Number(_random.Next(3, 9))), ("hours", Number(hours)),
            ("price", Number((int)(product.Price / 100))), ("city", DemoPeople.Cities[_random.Next(DemoPeople.Cities.Length)]));

        // Who wants something of the brand says it where the brand can be asked.
        var asks = kind is DemoKind.Question or DemoKind.Purchase or DemoKind.Complaint;
        var source = Sources[_random.NextDouble() < (asks ? 0.27 : 0.55) ? 0 : _random.Next(1, 3)].Key;
        return new(NextId(), source, at, author, text, kind, cause?.Id, product.Sku);
    }

    private Phrases Phrase(string language) => _phrases[language];

    private DemoProduct SomeProduct() => DemoBrand.Products[(int)(DemoBrand.Products.Length * _random.NextDouble())];

    private string NextId() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"p{++_made:D5}");

    private static string Number(int n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // People post most in the evening: the later of two draws leans that way.
    private DateTimeOffset At(int daysAgo) =>
        new DateTimeOffset(_now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-daysAgo).AddHours(24 * Math.Max(_random.NextDouble(), _random.NextDouble()));

    // Knuth, The Art of Computer Programming, vol. 2, 3.4.1, algorithm for small means.
    private int Poisson(double mean)
    {
        var (limit, product, n) = (Math.Exp(-mean), _random.NextDouble(), 0);
        while (product > limit)
        {
            product *= _random.NextDouble();
            n++;
        }

        return n;
    }
}
