using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Hearth.App.Hosting;

/// <summary>The rooms' docstrings at run time, of internal handlers too, which the compile-time generator leaves out.</summary>
internal sealed partial class ApiWords
{
    private readonly Dictionary<string, XElement> _members;

    public ApiWords()
    {
        var file = Path.Combine(AppContext.BaseDirectory, typeof(House).Assembly.GetName().Name + ".xml");
        _members = File.Exists(file)
            ? XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, m => m, StringComparer.Ordinal)
            : [];
    }

    /// <summary>What a handler does; null when it has no docstring.</summary>
    public string? Summary(MethodInfo method) => Text(Member(method)?.Element("summary"));

    public string? Parameter(MethodInfo method, string name) => Text(Named(Member(method), name));

    /// <summary>What a field of a record means: its own docstring, or what the word means everywhere.</summary>
    public string? Field(Type type, string property) =>
        Text(Named(_members.GetValueOrDefault("T:" + Name(type)), property) ?? _members.GetValueOrDefault($"P:{Name(type)}.{property}")?.Element("summary")) ?? Everywhere(property);

    /// <summary>What a record is for; null when it has no docstring.</summary>
    public string? Type(Type type) => Text(_members.GetValueOrDefault("T:" + Name(type))?.Element("summary"));

    /// <summary>Words that mean the same in every record and address.</summary>
    public static string? Everywhere(string word) => Common.GetValueOrDefault(word);

    private static readonly Dictionary<string, string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        ["$type"] = "Which of the cases this is.",
        ["account"] = "The id of a connected account of the brand.",
        ["after"] = "The `next` of the page before; left out for the first page.",
        ["again"] = "True when the same sale was told before.",
        ["all"] = "Everything in the inbox.",
        ["alt"] = "What a picture shows, for those who do not see it: 3 to 300 characters.",
        ["amount"] = "Money of the whole line.",
        ["assignee"] = "The id of the person of the brand whose it is.",
        ["priority"] = "none, watch or urgent.",
        ["pressingFirst"] = "True puts the urgent ones first, then the watched.",
        ["amplified"] = "What came by people's personal links; in addresses true for that only, false for the rest.",
        ["at"] = "When, ISO 8601 in UTC.",
        ["attributed"] = "True for what is credited to any offer, false for the rest.",
        ["attribute"] = "The key of what fell short, as in the catalogue.",
        ["author"] = "The id of the account that wrote it.",
        ["avatar"] = "Address of a picture; null when there is none.",
        ["basis"] = "How an order is tied to an offer: code, codeOnly, click, visitor or none.",
        ["batch"] = "What was done together: as the answer of a bulk action, or the log of a conversation's steps, names it.",
        ["below"] = "Less than so many days ago.",
        ["body"] = "Markdown as written; raw HTML is shown as text.",
        ["by"] = "Who did it: the id of an account, or a name.",
        ["byName"] = "Who did it, by name.",
        ["byStage"] = "How many stand at each stage.",
        ["category"] = "The slug of a category.",
        ["cid"] = "The network's hash of the post's content.",
        ["certificate"] = "The id of a certificate.",
        ["claim"] = "The id of a claim.",
        ["click"] = "The `hearth_click` somebody came with: the id of a follow of a tracked link.",
        ["closed"] = "Conversations that are done.",
        ["merger"] = "The id of a merger or a split.",
        ["filter"] = "The id of a saved filter.",
        ["mentionedMe"] = "Those whose notes name you.",
        ["rule"] = "The id or number of a rule.",
        ["snoozed"] = "Put aside until a time, or until the person speaks.",
        ["spam"] = "Marked as spam.",
        ["names"] = "The names that stand in braces and have no value yet.",
        ["before"] = "How it was said before.",
        ["data"] = "What the event carries.",
        ["eventType"] = "What kind of event it is.",
        ["eventId"] = "Send it as Last-Event-ID to go on after it.",
        ["reconnectionInterval"] = "How long to wait before connecting again.",
        ["value"] = "The word itself.",
        ["monday"] = "Open hours like `09:00-12:00, 13:00-17:00`; null or empty when closed.",
        ["tuesday"] = "Open hours like `09:00-12:00, 13:00-17:00`; null or empty when closed.",
        ["wednesday"] = "Open hours like `09:00-12:00, 13:00-17:00`; null or empty when closed.",
        ["thursday"] = "Open hours like `09:00-12:00, 13:00-17:00`; null or empty when closed.",
        ["friday"] = "Open hours like `09:00-12:00, 13:00-17:00`; null or empty when closed.",
        ["saturday"] = "Open hours like `09:00-12:00, 13:00-17:00`; null or empty when closed.",
        ["sunday"] = "Open hours like `09:00-12:00, 13:00-17:00`; null or empty when closed.",
        ["comments"] = "True to search what was commented too.",
        ["code"] = "The personal code, case and dashes as you like.",
        ["comment"] = "The id of a comment.",
        ["compare"] = "True counts the stretch of the same length before as well.",
        ["condition"] = "Why it is in the outlet.",
        ["conversation"] = "The id of a conversation.",
        ["conversations"] = "How many conversations.",
        ["currency"] = "ISO 4217, three capital letters.",
        ["day"] = "A day of UTC, as 2026-09-07.",
        ["withoutRate"] = "True for orders whose day has no rate into the reporting currency; else those that count.",
        ["days"] = "So many days ago or more.",
        ["demotions"] = "Votes against.",
        ["department"] = "A department of the brand; null for none.",
        ["detail"] = "A sentence for a person.",
        ["email"] = "An e-mail address.",
        ["entry"] = "What the ledger says.",
        ["evidence"] = "A document that shows the cause; in addresses its id.",
        ["field"] = "The field's name as in the request; `$` for the whole.",
        ["fits"] = "True when the network takes it.",
        ["format"] = "csv, fider or canny.",
        ["from"] = "Where it was before; in addresses the first day or instant counted.",
        ["fromBrand"] = "True when somebody of the brand wrote it.",
        ["handle"] = "As shown on the network, without the leading @.",
        ["host"] = "The name of a server (example.org), with its port when it has one of its own.",
        ["id"] = "The UUID it is known by.",
        ["gap"] = "The id of a gap.",
        ["idea"] = "The id of an idea.",
        ["initials"] = "1 to 3 letters, what replies are signed with.",
        ["instance"] = "The address that was asked.",
        ["is"] = "What a person says it is.",
        ["item"] = "The id of a stock item, or the item itself.",
        ["items"] = "At most as many as asked for.",
        ["kept"] = "New.",
        ["key"] = "The key by which the catalogue knows it.",
        ["generation"] = "How many people handed an offer on by their personal links; 0 for its own link.",
        ["untouched"] = "True for orders before which nobody came by an offer.",
        ["model"] = "ledger, lastClick, firstClick, lastNonDirect, linear, position or timeDecay.",
        ["way"] = "By what people came: referred, direct, code or wordOfMouth.",
        ["roi"] = "Margin less cost, in percent of the cost.",
        ["kind"] = "Which kind; the words are in the schema.",
        ["label"] = "A label, 1 to 40 characters.",
        ["measure"] = "Which figure: volume, firstResponse, nextResponse, resolution, firstContact, reopened, backlog, slaMet, slaMissed, rated, satisfied or abandoned.",
        ["language"] = "BCP 47; `und` when nobody knows.",
        ["lastAt"] = "When something last happened, ISO 8601 in UTC.",
        ["lastSignIn"] = "When they last signed in; null for never.",
        ["length"] = "How long, in the unit beside it.",
        ["limit"] = "The most the network takes, in the unit beside it.",
        ["line"] = "Place of the line in the order, from 1.",
        ["lines"] = "The lines, in order.",
        ["listPrice"] = "What it costs new.",
        ["mention"] = "The id of a mention.",
        ["message"] = "The id of a message of ours.",
        ["mine"] = "Conversations assigned to who asks.",
        ["minor"] = "Whole minor units of the currency (cents); negative for money paid back.",
        ["month"] = "A calendar month of UTC, as 2026-11; in answers its first day.",
        ["most"] = "How many at most.",
        ["movements"] = "What changed the balance, newest first; in addresses how many at most.",
        ["messageId"] = "A letter's Message-ID, with its angle brackets.",
        ["name"] = "As people see it.",
        ["net"] = "What is left after refunds.",
        ["network"] = "`bluesky`, `web` (feeds), `webhook` or `file`.",
        ["news"] = "The id of a piece of news.",
        ["number"] = "What people call it by, from 1.",
        ["of"] = "Which number: submitted, implemented or answered.",
        ["offer"] = "The id of an offer.",
        ["segment"] = "The id of a segment of subscribers.",
        ["oldestFirst"] = "True to see first who has waited longest.",
        ["order"] = "The shop's own id of an order; in lists of ideas the order of the list.",
        ["other"] = "The id of the other one of two.",
        ["overdue"] = "True for only what is past the day set for it.",
        ["owner"] = "The department that can remove the cause; for keys the person they act for.",
        ["partner"] = "The account of an idea partner.",
        ["person"] = "Somebody who spoke; null when nobody knows who.",
        ["picture"] = "The id of a picture that was brought.",
        ["points"] = "Sum of the votes, 10 each.",
        ["position"] = "Its place in the record; rises.",
        ["preview"] = "The latest words of the conversation.",
        ["price"] = "What it costs here.",
        ["product"] = "The id of a product of the catalogue; null when none is named.",
        ["promotions"] = "Votes for.",
        ["quantity"] = "Whole units.",
        ["queries"] = "Ids of saved queries; in addresses with a comma between.",
        ["query"] = "The id of a saved query.",
        ["read"] = "Rows read.",
        ["reason"] = "Why, for people to read.",
        ["refund"] = "The shop's own id of the refund.",
        ["refunded"] = "Money paid back for it.",
        ["refunds"] = "Money paid back; in addresses true for refunds only, false for sales only.",
        ["rejected"] = "Rows that cannot be kept; each is told with its reason.",
        ["repeated"] = "Rows that changed nothing.",
        ["reply"] = "The id of a saved reply.",
        ["report"] = "The number of a report.",
        ["retired"] = "True to see also what is no longer used.",
        ["returned"] = "Units that went back to stock.",
        ["role"] = "What they may do.",
        ["room"] = "The room it happened in, as in `Outlet`.",
        ["rootCid"] = "The same of the thread's first post.",
        ["rootUri"] = "The network's address of the thread's first post.",
        ["rows"] = "One for each row given, in order.",
        ["scopes"] = "What the key may do.",
        ["search"] = "Words to be found; quotes keep a phrase together.",
        ["severity"] = "`fine`, `warning` (works, but look) or `wrong`.",
        ["since"] = "When it was made, ISO 8601 in UTC.",
        ["size"] = "Most items of a page, 1 to 500; 50 when left out.",
        ["token"] = "What a link ends with.",
        ["zone"] = "Whose days and hours, like Europe/Berlin; UTC when left out.",
        ["sku"] = "The shop's article number.",
        ["slug"] = "Its place in addresses.",
        ["split"] = "What the lines of the chart are: sentiment, query, source or language.",
        ["stage"] = "Where the removal of the cause stands.",
        ["stance"] = "`promote`, `demote` or `none`.",
        ["start"] = "First character, from 0, in UTF-16 units.",
        ["state"] = "How it stands; the words are in the schema.",
        ["status"] = "How it stands; in problem details the HTTP status.",
        ["storm"] = "The id of a storm: a question from the brand.",
        ["subject"] = "What it happened to, as in `offer:0198...`.",
        ["task"] = "What a model tells: sentiment, intent or mismatches.",
        ["text"] = "As written, never HTML.",
        ["title"] = "In a few words.",
        ["to"] = "Where it is now; in addresses the last day counted, or the first instant not counted.",
        ["total"] = "The sum.",
        ["tracker"] = "The id of an issue tracker; in comments its name, null for what was said here.",
        ["type"] = "Which kind; in problem details the name of the problem.",
        ["typing"] = "True while somebody types: the last word may be only begun.",
        ["unassigned"] = "Conversations that nobody has taken.",
        ["unit"] = "What is counted: graphemes, bytes or characters.",
        ["uri"] = "The network's own address of the post.",
        ["url"] = "Where people read it.",
        ["user"] = "The id of an account.",
        ["version"] = "Rises with every answer; name it to answer only if nobody has answered since.",
        ["view"] = "Which part of the inbox.",
        ["visitor"] = "The id in a browser's cookie hearth_v.",
        ["waitingForThem"] = "Conversations in which the person is to speak next.",
        ["waitingForUs"] = "Conversations in which the brand is to speak next.",
        ["was"] = "What it was read as before.",
        ["waiting"] = "The id of a place in the line, from the mail.",
        ["watched"] = "True for only what the caller watches and has not looked at since something happened.",
        ["why"] = "The reason given; null for none.",
        ["worth"] = "What its votes are worth now, after decay.",
    };

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    // Handlers are not overloaded, so the name without its parameters finds one.
    private XElement? Member(MethodInfo method)
    {
        var name = $"M:{method.DeclaringType?.FullName?.Replace('+', '.')}.{method.Name}";
        return _members.GetValueOrDefault(name) ?? _members.FirstOrDefault(m => m.Key.StartsWith(name + "(", StringComparison.Ordinal)).Value;
    }

    private static XElement? Named(XElement? member, string name) =>
        member?.Elements("param").FirstOrDefault(p => string.Equals(p.Attribute("name")?.Value, name, StringComparison.OrdinalIgnoreCase));

    private static string? Text(XElement? element) => element is null ? null : NotEmpty(Blanks().Replace(string.Concat(element.Nodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } e when e.Attributes().FirstOrDefault() is { } a => a.Value[(a.Value.LastIndexOfAny(['.', ':']) + 1)..],
        XElement e => e.Value,
        _ => "",
    })), " ").Trim());

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
