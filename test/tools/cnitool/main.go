// cni-gc runs libcni's GC for one network with a list of valid attachments, which cnitool's gc cannot be given:
//
//	NETCONFPATH=DIR CNI_PATH=DIR cni-gc NETWORK CONTAINER/INTERFACE...
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/containernetworking/cni/libcni"
	"github.com/containernetworking/cni/pkg/types"
)

func main() {
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(network string, attachments []string) error {
	list, err := libcni.LoadNetworkConf(os.Getenv("NETCONFPATH"), network)
	if err != nil {
		return err
	}
	args := libcni.GCArgs{ValidAttachments: []types.GCAttachment{}}
	for _, text := range attachments {
		container, ifName, _ := strings.Cut(text, "/")
		args.ValidAttachments = append(args.ValidAttachments, types.GCAttachment{ContainerID: container, IfName: ifName})
	}
	cni := libcni.NewCNIConfig(filepath.SplitList(os.Getenv("CNI_PATH")), nil)
	return cni.GCNetworkList(context.Background(), list, &args)
}
