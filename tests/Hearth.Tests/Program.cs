using Hearth.Tests;

if (args is ["child", var name, .. var rest])
{
    await ChildProcess.Play(name, rest);
    return 0;
}

return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
