using System.CommandLine;
using Hearth.Governance;

namespace Hearth.App.Commands;

/// <summary><c>hearth key create NAME --scope orders</c>: makes an API key and prints it, once.</summary>
internal static class KeyCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "What the key is for, as people will see it in the list of keys." };
        var scopes = new Option<string[]>("--scope") { Description = $"What the key may do: {string.Join(", ", Access.Scopes)}. May be given more than once.", Required = true, AllowMultipleArgumentsPerToken = true };
        var email = new Option<string?>("--for") { Description = "E-mail address of the person in whose name it acts. Default: the first owner." };
        var create = new Command("create", "Make an API key and print it. It is shown this once.") { name, scopes, email, HouseCommand.AsJson };
        create.SetAction(async (given, ct) =>
        {
            await using var house = await given.House(ct);
            await using var scope = house.CreateAsyncScope();
            var staff = await scope.ServiceProvider.GetRequiredService<Staff>().All(ct);
            var whose = given.GetValue(email) is { } address
                ? staff.FirstOrDefault(s => s.Email.Equals(address, StringComparison.OrdinalIgnoreCase))
                : staff.Where(s => s.Role == Role.Owner).MinBy(s => s.Id.Value);
            if (whose is null) return HouseCommand.Failed(given.GetValue(email) is { } unknown ? $"--for: nobody here signs in as {unknown}." : "There is no owner yet: start the server and open the link it prints.");

            switch (await scope.ServiceProvider.GetRequiredService<Keys>().Make(whose.Actor(), given.GetValue(name)!, given.GetValue(scopes)!, ct))
            {
                case KeyOutcome.Made made:
                    if (given.GetValue(HouseCommand.AsJson)) HouseCommand.Print(new { id = made.Key, key = made.Secret, scopes = given.GetValue(scopes), actsFor = whose.Email });
                    else System.Console.WriteLine(made.Secret);
                    return 0;
                case KeyOutcome.Invalid invalid:
                    foreach (var error in invalid.Errors) HouseCommand.Failed($"{error.Field}: {error.Reason}");
                    return 2;
                default:
                    throw new InvalidOperationException("A key has no other outcome.");
            }
        });
        return new Command("key", "API keys.") { create };
    }
}
