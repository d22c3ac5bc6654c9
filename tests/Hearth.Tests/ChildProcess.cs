using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Hearth.Tests;

/// <summary>A static method <c>Task X(string[] args)</c> that a test runs in a process of its own, to kill it there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChildAttribute : Attribute;

/// <summary>Runs <see cref="ChildAttribute"/> methods in a second process of this test program.</summary>
internal static partial class ChildProcess
{
    /// <summary>No child takes longer: one that waits for something that never comes ends by itself, with 124, and its test fails with its name instead of waiting for ever.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(8);

    /// <summary>Starts the method and waits for its end. Returns the exit code: 137 when it was killed with SIGKILL.</summary>
    public static async Task<int> Run(Func<string[], Task> child, params string[] args)
    {
        using var process = Start(child, args);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode is not (0 or 137)) throw new InvalidOperationException($"The child ended with {process.ExitCode}: {await error}{await output}");
        return process.ExitCode;
    }

    /// <summary>Starts the method; whoever called kills it. What it writes to its standard output can be read.</summary>
    public static Process Start(Func<string[], Task> child, params string[] args)
    {
        var method = child.Method;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var arg in (string[])["child", $"{method.DeclaringType!.FullName}.{method.Name}", .. args]) start.ArgumentList.Add(arg);
        return Process.Start(start)!;
    }

    /// <summary>kill -9 of this very process: no handler, no finally, no flush.</summary>
    public static void DieNow()
    {
        _ = Kill(Environment.ProcessId, 9);
        Process.GetCurrentProcess().WaitForExit();
    }

    internal static async Task Play(string name, string[] args)
    {
        await using var limit = new Timer(_ =>
        {
            Console.Error.WriteLine($"{name} ran for {AtMost}.");
            Environment.Exit(124);
        }, null, AtMost, Timeout.InfiniteTimeSpan);
        var (type, method) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
        var found = typeof(ChildProcess).Assembly.GetType(type)!.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        await (found.GetCustomAttribute<ChildAttribute>() is null ? throw new InvalidOperationException(name + " is no child") : (Task)found.Invoke(null, [args])!);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
