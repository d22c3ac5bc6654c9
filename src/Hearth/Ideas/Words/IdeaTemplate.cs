using Hearth.Platform;

namespace Hearth.Ideas.Words;

/// <summary>The three answers that make an idea understood: ideas whose needs were understood are the ones that get made (Di Gangi and Wasko 2009).</summary>
/// <param name="What">What there should be: Markdown without HTML, 10 to 6,000 characters.</param>
/// <param name="ForWhom">Who needs it, at most 1,500 characters; empty when the author did not say.</param>
/// <param name="Why">What it would change, at most 2,000 characters; empty when the author did not say.</param>
public sealed record IdeaTemplate(string What, string ForWhom, string Why)
{
    public const int MaxWhat = 6_000;
    public const int MaxForWhom = 1_500;
    public const int MaxWhy = 2_000;

    /// <summary>The three as one text: what search reads and what old programs get.</summary>
    internal string Body()
    {
        var body = What.Trim();
        if (ForWhom.Trim() is { Length: > 0 } whom) body += "\n\n**For whom:** " + whom;
        if (Why.Trim() is { Length: > 0 } why) body += "\n\n**Why:** " + why;
        return body;
    }

    internal IEnumerable<FieldError> Errors()
    {
        if (What.Trim().Length is < 10 or > MaxWhat) yield return new("what", $"must have 10 to {MaxWhat:N0} characters");
        if (ForWhom.Length > MaxForWhom) yield return new("forWhom", $"must have at most {MaxForWhom:N0} characters");
        if (Why.Length > MaxWhy) yield return new("why", $"must have at most {MaxWhy:N0} characters");
    }
}
