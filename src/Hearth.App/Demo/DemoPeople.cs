namespace Hearth.App.Demo;

/// <summary>Somebody of the public.</summary>
/// <param name="Handle">Unique; what is written after the @.</param>
/// <param name="Name">As the account shows itself.</param>
/// <param name="Language">What this person writes in.</param>
internal sealed record DemoAuthor(string Handle, string Name, string Language);

/// <summary>The people who talk: some often, most once or twice, as everywhere.</summary>
internal static class DemoPeople
{
    public static readonly string[] Cities = ["Leeds", "Kassel", "Porto", "Bilbao", "Lyon", "Tromsø", "Ghent", "Cork", "Graz", "Turin", "Aarhus", "Bath", "Inverness", "Brno", "Zaragoza"];

    private static readonly string[] First =
    [
        "Ada", "Ben", "Chloe", "Dmitri", "Elif", "Finn", "Greta", "Hugo", "Imani", "Jack", "Kaya", "Liam", "Maya", "Nils", "Olga", "Pablo", "Quinn", "Rosa", "Sam", "Tariq",
        "Uma", "Vera", "Wes", "Xenia", "Yusuf", "Zoe", "Aldo", "Bea", "Caleb", "Daphne", "Emil", "Freya", "Gil", "Hana", "Ivo", "June", "Kofi", "Lotte", "Milo", "Noor",
        "Otis", "Paula", "Rafa", "Sven", "Tess", "Ulf", "Vik", "Wanda", "Yara", "Zeno",
    ];

    private static readonly string[] Last =
    [
        "Abbott", "Becker", "Costa", "Dunn", "Eriksen", "Fischer", "Garcia", "Hughes", "Ivanov", "Jansen", "Keller", "Lopes", "Moreau", "Nkosi", "Olsen", "Pereira", "Quist",
        "Rossi", "Schulz", "Tanaka", "Ulrich", "Vargas", "Webb", "Yilmaz", "Zimmer", "Bell", "Clarke", "Dias", "Ekholm", "Ferrari", "Gruber", "Holm", "Iqbal", "Jones",
    ];

    private static readonly string[] Fun = ["outdoors", "hikes", "trails", "camps", "wanders", "rides", "climbs", "paddles", "tents", "peaks"];

    /// <summary>Makes the same <paramref name="count"/> people for the same random source.</summary>
    public static DemoAuthor[] Make(Random random, int count)
    {
        var people = new List<DemoAuthor>(count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        while (people.Count < count)
        {
            var (first, last) = (First[random.Next(First.Length)], Last[random.Next(Last.Length)]);
            var stem = first.ToLowerInvariant();
            var handle = random.Next(4) switch
            {
                0 => $"{stem}.{last.ToLowerInvariant()}",
                1 => $"{stem}_{Fun[random.Next(Fun.Length)]}",
                2 => $"{stem}{last[..1].ToLowerInvariant()}{random.Next(10, 99)}",
                _ => $"{last.ToLowerInvariant()}.{Fun[random.Next(Fun.Length)]}",
            };
            if (!taken.Add(handle)) continue;
            var roll = random.NextDouble();
            var language = roll < 0.72 ? "en" : roll < 0.83 ? "de" : roll < 0.91 ? "es" : roll < 0.96 ? "pt" : "fr";
            people.Add(new(handle, random.Next(5) == 0 ? first : $"{first} {last}", language));
        }

        return [.. people];
    }

    /// <summary>Picks somebody; the first few per cent speak as much as all the rest.</summary>
    public static DemoAuthor Somebody(this DemoAuthor[] people, Random random) =>
        people[(int)(people.Length * Math.Pow(random.NextDouble(), 2.2))];
}
