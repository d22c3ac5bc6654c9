namespace Hearth.App.Shared.Feeds;

/// <summary>A feed before it is written in one of its formats.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Home">The page it belongs to: an absolute address.</param>
/// <param name="Self">Its own absolute address.</param>
/// <param name="Items">Latest first.</param>
internal sealed record FeedPage(string Title, string Description, string Home, string Self, IReadOnlyList<FeedEntry> Items)
{
    /// <summary>When the latest entry was written; the beginning of 1970 while there is none.</summary>
    public DateTimeOffset Updated => Items.Count == 0 ? DateTimeOffset.UnixEpoch : Items.Max(i => i.At);
}

/// <summary>One entry.</summary>
/// <param name="Url">Absolute; also what names the entry for ever.</param>
/// <param name="Title">Plain text.</param>
/// <param name="Html">Safe HTML.</param>
/// <param name="By">A name.</param>
/// <param name="Tags">What it belongs to, in words.</param>
/// <param name="At">When.</param>
internal sealed record FeedEntry(string Url, string Title, string Html, string By, IReadOnlyList<string> Tags, DateTimeOffset At)
{
    /// <summary>The text without the characters that XML 1.0 (section 2.2) has no way to write.</summary>
    public static string Clean(string text)
    {
        if (text.All(c => System.Xml.XmlConvert.IsXmlChar(c))) return text;
        var kept = new System.Text.StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // half of a surrogate pair becomes U+FFFD
        {
            if (rune.Value > char.MaxValue || System.Xml.XmlConvert.IsXmlChar((char)rune.Value)) kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
