using Hearth.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hearth.Ideas.Import;

/// <summary>Which of the room's tables make the board, found in the model so that a new one is not forgotten.</summary>
internal static class BoardTables
{
    /// <summary>What an export leaves out, each with its reason. A test holds that every other table of the room is in it.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ideas_counts"] = "kept by triggers",
        ["ideas_answer_counts"] = "kept by triggers",
        ["ideas_comment_words"] = "kept by triggers and taken apart anew",
        ["ideas_compared"] = "how far suggested merges are looked for here",
        ["ideas_suggested_merges"] = "found anew",
        ["ideas_signals"] = "traces of devices and networks, which are forgotten after some days",
        ["ideas_visitors"] = "traces of who came and from where",
        ["ideas_watch"] = "holds the salt that those traces are hashed with",
        ["ideas_digests"] = "mail of this house's accounts",
        ["ideas_mail_wishes"] = "mail of this house's accounts",
        ["ideas_notices"] = "the inboxes of this house's accounts",
        ["ideas_news"] = "what is still to be told here",
    };

    /// <summary>The tables of an export, in the order of their names.</summary>
    public static IReadOnlyList<IEntityType> Of(Database db) =>
    [
        .. db.Model.GetEntityTypes().Where(e => e.GetTableName() is { } table && table.StartsWith("ideas_", StringComparison.Ordinal) && !LeftOut.ContainsKey(table))
            .OrderBy(e => e.GetTableName(), StringComparer.Ordinal),
    ];

    /// <summary>The name of a column as both databases take it, reserved words included.</summary>
    public static string Quoted(IProperty property) => $"\"{property.GetColumnName()}\"";

    /// <summary>The member that holds a property's value.</summary>
    public static System.Reflection.PropertyInfo Member(IProperty property) => property.PropertyInfo ?? throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} is no property of its class.");
}
