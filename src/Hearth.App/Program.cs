using Hearth.App.Commands;

return await HearthCommand.Run(args);
