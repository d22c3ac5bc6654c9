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

    // Handlers are not overloaded, so the name without its parameters finds one.
    private XElement? Member(MethodInfo method)
    {
        var name = $"M:{method.DeclaringType?.FullName?.Replace('+', '.')}.{method.Name}";
        return _members.GetValueOrDefault(name) ?? _members.FirstOrDefault(m => m.Key.StartsWith(name + "(", StringComparison.Ordinal)).Value;
    }

    private static XElement? Named(XElement? member, string name) =>
        member?.Elements("param").FirstOrDefault(p => string.Equals(p.Attribute("name")?.Value, name, StringComparison.OrdinalIgnoreCase));

    private static string? Text(XElement? element) => element is null ? null : Blanks().Replace(string.Concat(element.Nodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } e when e.Attributes().FirstOrDefault() is { } a => a.Value[(a.Value.LastIndexOfAny(['.', ':']) + 1)..],
        XElement e => e.Value,
        _ => "",
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
