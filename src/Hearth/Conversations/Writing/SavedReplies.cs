using System.Text.Json;
using Hearth.Governance;
using Hearth.Platform;
using Microsoft.EntityFrameworkCore;

namespace Hearth.Conversations.Writing;

/// <summary>A reply that is written once and used often.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Title">By which people find it.</param>
/// <param name="DefaultLanguage">Which text is taken when there is none in the person's language.</param>
/// <param name="Texts">By language ("en", "pt-BR"), with open places such as {name}.</param>
/// <param name="By">Who last changed it.</param>
/// <param name="At">When it was last changed.</param>
public sealed record SavedReplyView(SavedReplyId Id, string Title, string DefaultLanguage, IReadOnlyDictionary<string, string> Texts, string By, DateTimeOffset At)
{
    /// <summary>The language of the text that somebody who speaks <paramref name="language"/> gets: theirs, else its main language, else the default.</summary>
    public string LanguageFor(string? language)
    {
        var wanted = SavedReplyText.Language(language);
        if (wanted is null) return DefaultLanguage;
        if (Texts.ContainsKey(wanted)) return wanted;
        var main = wanted.Split('-')[0];
        return Texts.ContainsKey(main) ? main
            : Texts.Keys.Where(k => k.StartsWith(main + "-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault() ?? DefaultLanguage;
    }
}

/// <summary>A saved reply as given.</summary>
/// <param name="Title">1 to 80 characters, no other saved reply's.</param>
/// <param name="DefaultLanguage">One of the languages of its texts.</param>
/// <param name="Texts">By language, 1 to 20 of them; each 1 to 5,000 characters. Open places: {name}, {first}, {handle}, {agent}, {initials}, {brand}, {product}, {number}; each may say what stands there otherwise: {name|there}.</param>
public sealed record SavedReplyDraft(string? Title, string? DefaultLanguage, IReadOnlyDictionary<string, string?>? Texts);

/// <summary>What became of a saved reply: exactly one of the nested cases.</summary>
public abstract record KeptSavedReply
{
    private KeptSavedReply() { }

    public sealed record Done(SavedReplyView Reply) : KeptSavedReply;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : KeptSavedReply;

    public sealed record Unknown : KeptSavedReply;
}

/// <summary>The replies that the team keeps.</summary>
public sealed class SavedReplies(Database db, TimeProvider clock)
{
    public const int MaxTitle = 80;
    public const int MaxText = 5_000;
    private const int MaxLanguages = 20;

    /// <summary>All, by title. A team keeps hundreds at most, and they are needed whole.</summary>
    public async Task<IReadOnlyList<SavedReplyView>> All(CancellationToken ct) =>
        [.. (await db.Set<SavedReplyRow>().AsNoTracking().OrderBy(r => r.TitleKey).Take(2_000).ToListAsync(ct)).Select(View)];

    /// <returns>Null when there is no such reply.</returns>
    public async Task<SavedReplyView?> Of(SavedReplyId id, CancellationToken ct) => await db.Set<SavedReplyRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is { } row ? View(row) : null;

    public async Task<KeptSavedReply> Add(SavedReplyDraft draft, Actor by, CancellationToken ct)
    {
        var (kept, errors) = Check(draft);
        if (kept is null) return new KeptSavedReply.Invalid(errors);
        var row = new SavedReplyRow
        {
            Id = SavedReplyId.New(), Title = kept.Title, TitleKey = Key(kept.Title), DefaultLanguage = kept.DefaultLanguage, Texts = JsonSerializer.Serialize(kept.Texts, Json.Options), ByName = by.Name, At = clock.Now(),
        };
        if (await Taken(row.TitleKey, row.Id, ct)) return Same();
        db.Add(row);
        return await Save(row, ct);
    }

    public async Task<KeptSavedReply> Change(SavedReplyId id, SavedReplyDraft draft, Actor by, CancellationToken ct)
    {
        var (kept, errors) = Check(draft);
        if (kept is null) return new KeptSavedReply.Invalid(errors);
        if (await db.Set<SavedReplyRow>().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } row) return new KeptSavedReply.Unknown();
        if (await Taken(Key(kept.Title), id, ct)) return Same();
        (row.Title, row.TitleKey, row.DefaultLanguage, row.Texts, row.ByName, row.At) = (kept.Title, Key(kept.Title), kept.DefaultLanguage, JsonSerializer.Serialize(kept.Texts, Json.Options), by.Name, clock.Now());
        return await Save(row, ct);
    }

    /// <returns>False when there is no such reply. Macros and rules that name it say so from then on.</returns>
    public async Task<bool> Remove(SavedReplyId id, CancellationToken ct) => await db.Set<SavedReplyRow>().Where(r => r.Id == id).ExecuteDeleteAsync(ct) > 0;

    private async Task<bool> Taken(string key, SavedReplyId but, CancellationToken ct) => await db.Set<SavedReplyRow>().AnyAsync(r => r.TitleKey == key && r.Id != but, ct);

    private async Task<KeptSavedReply> Save(SavedReplyRow row, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return new KeptSavedReply.Done(View(row));
        }
        catch (DbUpdateException e) when (e.IsDuplicateKey()) // somebody else used the title at the same moment
        {
            db.ChangeTracker.Clear();
            return Same();
        }
    }

    private static KeptSavedReply.Invalid Same() => new([new("title", "is another saved reply's")]);

    private static string Key(string title) => title.ToLowerInvariant();

    private static SavedReplyView View(SavedReplyRow row) =>
        new(row.Id, row.Title, row.DefaultLanguage, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Texts, Json.Options)!, row.ByName, row.At);

    private sealed record Good(string Title, string DefaultLanguage, SortedDictionary<string, string> Texts);

    private static (Good? Kept, IReadOnlyList<FieldError> Errors) Check(SavedReplyDraft draft)
    {
        var errors = new List<FieldError>();
        var title = (draft.Title ?? "").Trim();
        if (title.Length is 0 or > MaxTitle) errors.Add(new("title", $"must have 1 to {MaxTitle} characters"));
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (given, text) in draft.Texts ?? new Dictionary<string, string?>())
        {
            var words = (text ?? "").Trim();
            if (SavedReplyText.Language(given) is not { } language) errors.Add(new("texts", $"“{given}” is no language; write it as en, de or pt-BR"));
            else if (words.Length is 0 or > MaxText) errors.Add(new("texts", $"must have 1 to {MaxText:N0} characters in {language}"));
            else if (!texts.TryAdd(language, words)) errors.Add(new("texts", $"name {language} twice"));
            foreach (var name in SavedReplyText.Unknown(words))
            {
                errors.Add(new("texts", $"{{{name}}} is no variable; there are {string.Join(", ", SavedReplyText.Variables.Keys.Select(k => $"{{{k}}}"))}"));
            }
        }

        if (draft.Texts is not { Count: > 0 and <= MaxLanguages }) errors.Add(new("texts", $"must be 1 to {MaxLanguages}"));
        var standard = SavedReplyText.Language(draft.DefaultLanguage) ?? (string.IsNullOrWhiteSpace(draft.DefaultLanguage) && texts.Count == 1 ? texts.Keys.First() : null);
        if (errors.Count == 0 && (standard is null || !texts.ContainsKey(standard))) errors.Add(new("defaultLanguage", "must be a language that has a text"));
        return errors.Count > 0 ? (null, errors) : (new(title, standard!, texts), errors);
    }
}
