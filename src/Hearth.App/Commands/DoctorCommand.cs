using System.CommandLine;
using Hearth.Platform;
using Spectre.Console;

namespace Hearth.App.Commands;

/// <summary><c>hearth doctor</c>: tells what is wrong with a set-up, and changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Tell what is wrong with this set-up. Exit code 1 when something is.") { HouseCommand.AsJson };
        command.SetAction(async (given, ct) =>
        {
            await using var house = await given.House(ct, migrate: false);
            var findings = await house.GetRequiredService<Doctor>().Examine(ct);
            if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(new { findings });
            else Show(findings);
            return findings.Any(f => f.Severity == Severity.Wrong) ? 1 : 0;
        });
        return command;
    }

    private static void Show(IReadOnlyList<Finding> findings)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "Looked at", "Found", "What to do");
        foreach (var finding in findings)
        {
            var mark = finding.Severity switch { Severity.Fine => "[green]fine[/]", Severity.Warning => "[yellow]look[/]", _ => "[red]wrong[/]" };
            table.AddRow(mark, Markup.Escape(finding.Area), Markup.Escape(finding.Says), Markup.Escape(finding.Remedy ?? ""));
        }

        HouseCommand.Answer.Write(table);
    }
}
