using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Hearth.App.Commands;

namespace Hearth.App.Tests;

/// <summary>What the documents tell people to type is what the program takes, and what they point at is there.</summary>
public partial class DocsTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../.."));

    private static IEnumerable<(string File, string Text)> Documents() =>
        from file in Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Root, "README.md"))
        select (file, File.ReadAllText(file));

    [Fact]
    public void Every_command_in_the_documents_is_understood()
    {
        var commands = (
            from document in Documents()
            from Match match in CommandLine().Matches(document.Text.Replace("\\\n", " ", StringComparison.Ordinal))
            select (document.File, Line: match.Groups["line"].Value)).ToList();
        Assert.NotEmpty(commands);
        Assert.Empty(
            from command in commands
            let errors = HearthCommand.Parse([.. Words().Matches(command.Line).Select(w => w.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal))]).Errors
            where errors.Count > 0
            select $"{command.File}: hearth {command.Line}: {errors[0].Message}");
    }

    [Fact]
    public void Every_relative_link_and_picture_leads_somewhere() => Assert.Empty(
        from document in Documents()
        from Match match in Link().Matches(document.Text)
        let target = match.Groups["to"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('/') && !target.StartsWith("mailto:", StringComparison.Ordinal)
        let path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document.File)!, target))
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{document.File}: {target}");

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    // A line of a block, up to a comment. Inline code is a command when it begins with ./ and a name otherwise.
    [GeneratedRegex(@"(?:^ *(?:\./)?|`\./)hearth (?<line>[a-z][^`\n]*?)(?: +# .*)?(?:`|$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandLine();

    // As a shell splits: quoted parts stay together.
    [GeneratedRegex(@"(?:""[^""]*""|'[^']*'|[^\s""'])+", RegexOptions.None, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)|(?:src|srcset)=""(?<to>[^""]+)""", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
