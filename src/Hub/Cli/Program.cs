return await Vkp.Cli.CommandLine.RunAsync(args);
