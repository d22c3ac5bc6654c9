using System.Reflection;
using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Hearth.Tests.Architecture;

/// <summary>Keeps the picture of the house true: rooms stand on floors, and a room sees only the public types of rooms below it.</summary>
public class FloorsTests
{
    private static readonly string[][] Floors =
    [
        ["Platform"],
        ["Statistics", "Governance", "People", "Catalog", "Channels"],
        ["Listening", "Publishing"],
        ["Conversations"],
        ["Operations"],
        ["Outlet", "Ideas"],
        ["Learning"],
    ];

    // Schema holds generated migrations and House puts the rooms together; they are the roof, which sees all and which nobody sees.
    private const string Roof = "Schema";

    private static readonly ModuleDefinition Assembly = ModuleDefinition.ReadModule(typeof(House).Assembly.Location);

    [Fact]
    public void Every_type_stands_on_a_floor() => Assert.Empty(Assembly.Types
        .Where(t => t.Namespace.StartsWith("Hearth", StringComparison.Ordinal) && !IsCompilers(t) && t.FullName != typeof(House).FullName && Room(t) != Roof && Floor(t) < 0)
        .Select(t => t.FullName));

    [Fact]
    public void Every_folder_of_the_source_is_a_room() =>
        Assert.Empty(Directory.GetDirectories(Source()).Select(Path.GetFileName).Except(Floors.SelectMany(f => f)).Except([Roof, "bin", "obj"]));

    [Fact]
    public void A_room_sees_only_public_types_of_lower_floors() => Assert.Empty((
        from type in Assembly.GetTypes()
        where Floor(type) >= 0
        from used in Uses(type).Distinct()
        where (Floor(used) >= 0 || Room(used) == Roof || used.FullName == typeof(House).FullName) && Room(used) != Room(type) && !IsWiring(type, used)
        where Floor(used) < 0 || Floor(used) >= Floor(type) || !IsPublic(used)
        select $"{type.FullName} uses {used.FullName}").Distinct());

    [Fact]
    public void An_entity_is_never_public_unless_the_ground_floor_owns_it()
    {
        var entities = ModelOf().GetEntityTypes().Select(e => e.ClrType).Where(t => t.Assembly == typeof(House).Assembly && t.Namespace != "Hearth.Platform");

        // ASP.NET Identity's managers are generic over the account and stand in the constructors of public slices.
        Assert.Equal(["Hearth.Governance.Account"], entities.Where(t => t.IsVisible).Select(t => t.FullName));
    }

    private static Microsoft.EntityFrameworkCore.Metadata.IModel ModelOf()
    {
        var services = Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions.BuildServiceProvider(
            new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddHearth(
                Hearth.Platform.DatabaseLocation.Of(Path.Combine(Path.GetTempPath(), "hearth-design"), null)));
        using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateScope(services);
        return Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Hearth.Platform.Database>(scope.ServiceProvider).Model;
    }

    private static string Source([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Hearth"));

    // The database's setup names the roof's migrations, by EF Core's service replacement; that one seam is known.
    private static bool IsWiring(TypeDefinition type, TypeDefinition used) =>
        type.FullName.StartsWith("Hearth.Platform.DatabaseSetup", StringComparison.Ordinal) && used.Name == "MigrationsByDatabase";

    private static bool IsCompilers(TypeDefinition type) => type.Name.StartsWith('<') || type.CustomAttributes.Any(a => a.AttributeType.Name == nameof(CompilerGeneratedAttribute));

    private static bool IsPublic(TypeDefinition t) => t.IsPublic || (t.IsNestedPublic && IsPublic(t.DeclaringType));

    private static string Room(TypeDefinition t) => t.DeclaringType is { } outer ? Room(outer) : t.Namespace.Split('.') is ["Hearth", var room, ..] ? room : "";

    private static int Floor(TypeDefinition t) => Array.FindIndex(Floors, f => f.Contains(Room(t)));

    private static IEnumerable<TypeDefinition> Uses(TypeDefinition type)
    {
        IEnumerable<TypeReference?> found =
        [
            type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. type.Fields.Select(f => f.FieldType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)),
            .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Variables.Select(v => v.VariableType)),
            .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(Operands),
        ];
        return found.SelectMany(Parts).Select(Resolve).OfType<TypeDefinition>();
    }

    private static IEnumerable<TypeReference?> Operands(Instruction instruction) => instruction.Operand switch
    {
        GenericInstanceMethod m => [.. m.GenericArguments, m.DeclaringType, m.ReturnType],
        MethodReference m => [m.DeclaringType, m.ReturnType, .. m.Parameters.Select(p => p.ParameterType)],
        FieldReference f => [f.DeclaringType, f.FieldType],
        TypeReference r => [r],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? reference) => reference switch
    {
        null => [],
        GenericInstanceType g => g.GenericArguments.SelectMany(Parts).Append(g.ElementType),
        TypeSpecification s => Parts(s.ElementType),
        _ => [reference],
    };

    private static TypeDefinition? Resolve(TypeReference reference) => reference.Scope == Assembly || reference is TypeDefinition ? reference.Resolve() : null;
}
